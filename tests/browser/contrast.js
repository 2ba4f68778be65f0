// the contrast of every visible piece of text with what lies behind it, by the formula of WCAG 2.2
const part = v => { v /= 255; return v <= 0.03928 ? v / 12.92 : ((v + 0.055) / 1.055) ** 2.4; };
const luminance = ([r, g, b]) => 0.2126 * part(r) + 0.7152 * part(g) + 0.0722 * part(b);
const canvas = document.createElement("canvas").getContext("2d", { willReadFrequently: true });
const over = (color, under) => {
  for (const fill of [`rgb(${under})`, color]) {
    canvas.fillStyle = fill;
    canvas.fillRect(0, 0, 1, 1);
  }
  return [...canvas.getImageData(0, 0, 1, 1).data].slice(0, 3);
};
const paper = (node) => {
  const chain = [];
  for (let e = node; e; e = e.parentElement) chain.unshift(getComputedStyle(e).backgroundColor);
  return chain.reduce((under, color) => over(color, under), [255, 255, 255]);
};
const poor = new Map();
for (const node of document.querySelectorAll("body *")) {
  const words = [...node.childNodes].some((child) => child.nodeType === 3 && child.textContent.trim());
  const style = getComputedStyle(node);
  if (!words || !node.offsetParent || style.visibility === "hidden" || node.closest("svg, .vh")) continue;
  const under = paper(node);
  let opacity = 1;
  for (let e = node; e; e = e.parentElement) opacity *= Number(getComputedStyle(e).opacity);
  const ink = over(style.color, under).map((v, i) => v * opacity + under[i] * (1 - opacity));
  const [light, dark] = [luminance(ink), luminance(under)].sort((x, y) => y - x);
  const ratio = (light + 0.05) / (dark + 0.05);
  if (ratio < 4.5) poor.set(`${node.className} ${node.textContent.trim().slice(0, 30)}`, ratio.toFixed(2));
}
return [...poor];
