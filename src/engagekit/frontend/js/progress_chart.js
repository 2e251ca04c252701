/* Agreement by attempt, drawn for the eye. Whoever uses it puts the same figures in a table beside it. */
(function (ek) {
  "use strict";
  const NS = "http://www.w3.org/2000/svg";
  const WIDE = 340;
  const HIGH = 168;
  const PLOT = { left: 52, right: 326, top: 12, bottom: 136 };
  const MOST = 24; // attempts in one drawing: more would touch each other on a phone

  function shape(name, settings, text) {
    const node = document.createElementNS(NS, name);
    for (const [key, value] of Object.entries(settings)) node.setAttribute(key, String(value));
    if (text) node.textContent = text;
    return node;
  }

  const height = (share) => PLOT.bottom - share * (PLOT.bottom - PLOT.top);

  function across(index, all) {
    return all === 1 ? (PLOT.left + PLOT.right) / 2 : PLOT.left + 12 + (index / (all - 1)) * (PLOT.right - PLOT.left - 24);
  }

  /** A round mark for practice, a larger one on its corner for a retest: told apart without colour. */
  function mark(x, y, retest) {
    if (!retest) return shape("circle", { cx: x.toFixed(1), cy: y.toFixed(1), r: 4.5, class: "ek-mark ek-mark-practice" });
    const corners = [[0, -8], [8, 0], [0, 8], [-8, 0]].map(([right, down]) => (x + right).toFixed(1) + "," + (y + down).toFixed(1));
    return shape("polygon", { points: corners.join(" "), class: "ek-mark ek-mark-retest" });
  }

  /** The mark alone, for a legend. */
  function sample(retest) {
    const svg = shape("svg", { viewBox: "0 0 20 20", class: "ek-mark-sample", "aria-hidden": "true", focusable: "false" });
    svg.append(mark(10, 10, retest));
    return svg;
  }

  /** Draw points {share, retest, day}, oldest first; `label` says in words what is seen. */
  function chart(points, label) {
    const svg = shape("svg", { viewBox: "0 0 " + WIDE + " " + HIGH, class: "ek-chart", role: "img", "aria-label": label });
    for (const share of [0, 0.5, 1]) {
      svg.append(shape("line", { x1: PLOT.left, x2: PLOT.right, y1: height(share), y2: height(share), class: "ek-chart-line" }));
      svg.append(shape("text", { x: PLOT.left - 8, y: height(share) + 5, "text-anchor": "end", class: "ek-chart-words" }, share * 100 + (share === 1 ? "%" : "")));
    }
    const places = points.map((point, index) => ({ x: across(index, points.length), y: height(point.share), retest: point.retest }));
    if (places.length > 1) svg.append(shape("polyline", { points: places.map(({ x, y }) => x.toFixed(1) + "," + y.toFixed(1)).join(" "), class: "ek-chart-path" }));
    for (const { x, y, retest } of places) svg.append(mark(x, y, retest));
    const first = points[0].day;
    const last = points[points.length - 1].day;
    const date = (text, x, anchor) => svg.append(shape("text", { x, y: HIGH - 8, "text-anchor": anchor, class: "ek-chart-words" }, text));
    if (first === last) date(first, (PLOT.left + PLOT.right) / 2, "middle");
    else {
      date(first, PLOT.left, "start");
      date(last, PLOT.right, "end");
    }
    return svg;
  }

  ek.progressChart = { chart, sample, MOST };
})((globalThis.engagekit = globalThis.engagekit || {}));
