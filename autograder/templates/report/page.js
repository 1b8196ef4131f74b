
// The pictures are those of the course's notebooks; what they ask their kernel for there lies in the page here.
for (const place of document.querySelectorAll(".live")) {
  const picture = JSON.parse(place.querySelector("script").textContent);
  drawFigure({ get: (name) => picture[name], on() {}, off() {} }, place);
}
const packed = atob(document.getElementById("plotly").textContent);
unpack(Uint8Array.from(packed, (sign) => sign.charCodeAt(0))).then(plotly.arrived);

// A figure takes its colours when it is drawn, and draws itself anew when the body's class changes.
matchMedia("(prefers-color-scheme: dark)").addEventListener("change", () => document.body.classList.toggle("redrawn"));

addEventListener("beforeprint", () => document.querySelectorAll("details").forEach((one) => (one.open = true)));
