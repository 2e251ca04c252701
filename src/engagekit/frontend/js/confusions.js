/* Which codes were taken for which: a square of counts (rows reference, columns learner), and the same in words. */
(function (ek) {
  "use strict";
  const { el, heading, quietly } = ek.dom;

  /** `scored` is what ek.agreement.compare gives; `label` turns a code's id into its name. */
  function confusions(level, scored, label) {
    const used = scored.per_code.map((row) => row.code);
    const apart = scored.confusion.filter((cell) => cell.reference !== cell.learner);
    const parts = [heading(level, {}, "Where codes were confused"), square(scored, used, label)];
    if (apart.length === 0) return [...parts, el("p", {}, "No code was taken for another.")];
    const lower = (text) => text.charAt(0).toLowerCase() + text.slice(1);
    const sentences = [...apart]
      .sort((a, b) => b.count - a.count)
      .map((cell) => {
        const times = cell.count === 1 ? "once" : cell.count === 2 ? "twice" : cell.count + " times";
        return el("li", {}, label(cell.reference) + " answered as " + lower(label(cell.learner)) + ": " + times + ".");
      });
    return [...parts, el("p", { class: "ek-aside" }, "The same in words:"), el("ul", { class: "ek-words-list" }, sentences)];
  }

  /** A code's number in the square: its own where its label has one ("3. Deciding"), else its place. */
  function numbered(label, index) {
    const own = label.match(/^(\d+)\. (.+)$/);
    return own ? { number: own[1], name: own[2] } : { number: String(index + 1), name: label };
  }

  /** Columns carry the rows' numbers, so that eleven of them still fit on a narrow phone. */
  function square(scored, used, label) {
    const names = used.map((code, index) => numbered(label(code), index));
    const most = Math.max(...scored.confusion.map((cell) => cell.count));
    const head = names.map((each) => el("th", { scope: "col" }, el("span", { "aria-hidden": "true" }, each.number), quietly(each.name)));
    const body = used.map((reference, index) => {
      const cells = used.map((learner) => {
        const found = scored.confusion.find((cell) => cell.reference === reference && cell.learner === learner);
        const same = reference === learner;
        if (!found) return el("td", { class: same ? "ek-same" : null }, quietly("none"));
        const depth = Math.min(4, Math.ceil((4 * found.count) / most));
        return el("td", { class: (same ? "ek-same ek-match" : "ek-apart") + " ek-depth-" + depth }, el("span", {}, String(found.count)));
      });
      const name = el("span", { class: "ek-named" }, el("span", { class: "ek-number", "aria-hidden": "true" }, names[index].number), el("span", {}, names[index].name));
      return el("tr", {}, el("th", { scope: "row" }, name), cells);
    });
    const caption = el(
      "caption",
      {},
      "Down: the reference. Across: your code, by the same numbers.",
      el("br"),
      el("span", { class: "ek-legend" }, el("span", { class: "ek-sample ek-match" }, "2"), "agreed"),
      " ",
      el("span", { class: "ek-legend" }, el("span", { class: "ek-sample ek-apart" }, "2"), "confused")
    );
    const corner = el("td", {}, quietly("Reference"));
    return el("table", { class: "ek-square" }, caption, el("thead", {}, el("tr", {}, corner, head)), el("tbody", {}, body));
  }

  ek.confusions = confusions;
})((globalThis.engagekit = globalThis.engagekit || {}));
