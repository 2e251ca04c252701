/* A web of scores from 1 to 5, drawn for the eye. Whoever uses it puts the same numbers in a table beside it. */
(function (ek) {
  "use strict";
  const NS = "http://www.w3.org/2000/svg";
  const STEPS = 5;
  const RADIUS = 100;
  const MIDDLE = { x: 200, y: 150 };

  function shape(name, settings, text) {
    const node = document.createElementNS(NS, name);
    for (const [key, value] of Object.entries(settings)) node.setAttribute(key, String(value));
    if (text) node.textContent = text;
    return node;
  }

  /** The point on an axis: the first axis points up, the others follow clockwise. */
  function point(index, axes, distance) {
    const angle = (2 * Math.PI * index) / axes - Math.PI / 2;
    return { x: MIDDLE.x + Math.cos(angle) * distance, y: MIDDLE.y + Math.sin(angle) * distance };
  }

  const joined = (points) => points.map(({ x, y }) => x.toFixed(1) + "," + y.toFixed(1)).join(" ");

  /** A title in at most two lines, broken where it is shortest. */
  function lines(title) {
    const words = title.split(" ");
    if (title.length <= 11 || words.length === 1) return [title];
    let best = 1;
    for (let cut = 1; cut < words.length; cut += 1) {
      const longest = (at) => Math.max(words.slice(0, at).join(" ").length, words.slice(at).join(" ").length);
      if (longest(cut) < longest(best)) best = cut;
    }
    return [words.slice(0, best).join(" "), words.slice(best).join(" ")];
  }

  function axisLabel(title, index, axes) {
    const at = point(index, axes, RADIUS + 14);
    const side = Math.abs(at.x - MIDDLE.x) < 8 ? "middle" : at.x > MIDDLE.x ? "start" : "end";
    const text = shape("text", { x: at.x.toFixed(1), y: at.y.toFixed(1), "text-anchor": side, class: "ek-web-label" });
    const parts = lines(title);
    const rise = at.y < MIDDLE.y - RADIUS ? -(parts.length - 1) * 18 : at.y > MIDDLE.y + RADIUS ? 12 : 5 - (parts.length - 1) * 9;
    parts.forEach((part, number) => text.append(shape("tspan", { x: at.x.toFixed(1), dy: number === 0 ? rise : 18 }, part)));
    return text;
  }

  /**
   * Draw webs over each other. `titles` are the axes; each series is {name, scores}, a score per axis from 1 to 5 or null
   * where there is none. The first series is dashed, the second solid, so that colour is never needed.
   */
  function radar(titles, series, label) {
    const axes = titles.length;
    const svg = shape("svg", { viewBox: "-25 0 450 300", class: "ek-web-picture", role: "img", "aria-label": label });
    for (let step = 1; step <= STEPS; step += 1) {
      const ring = titles.map((_, index) => point(index, axes, (RADIUS * step) / STEPS));
      svg.append(shape("polygon", { points: joined(ring), class: "ek-web-ring" }));
    }
    titles.forEach((title, index) => {
      const end = point(index, axes, RADIUS);
      svg.append(shape("line", { x1: MIDDLE.x, y1: MIDDLE.y, x2: end.x.toFixed(1), y2: end.y.toFixed(1), class: "ek-web-ring" }), axisLabel(title, index, axes));
    });
    series.forEach((one, number) => {
      const known = one.scores.map((score, index) => (score ? point(index, axes, (RADIUS * score) / STEPS) : null)).filter(Boolean);
      const kind = "ek-web-" + (number === 0 ? "first" : "second");
      if (known.length === axes) svg.append(shape("polygon", { points: joined(known), class: "ek-web-area " + kind }));
      for (const { x, y } of known) svg.append(number === 0 ? shape("rect", { x: (x - 4).toFixed(1), y: (y - 4).toFixed(1), width: 8, height: 8, class: "ek-web-dot " + kind }) : shape("circle", { cx: x.toFixed(1), cy: y.toFixed(1), r: 4, class: "ek-web-dot " + kind }));
    });
    return svg;
  }

  ek.radar = radar;
})((globalThis.engagekit = globalThis.engagekit || {}));
