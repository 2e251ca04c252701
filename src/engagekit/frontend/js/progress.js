/* How the learner is getting on: what to do next, agreement over time, single codes, and the whole record. */
(function (ek) {
  "use strict";
  const { el, heading, statusLine, announce, containKeys, uniqueId, count, quietly, listed } = ek.dom;
  const { chart, sample, MOST } = ek.progressChart;

  const KINDS = {
    "carry-on": "Carry on",
    retest: "Retest",
    return: "Come back to it",
    "new-lens": "Something new",
    "weak-code": "Practise a code",
    "new-exercise": "One more",
  };
  const NEVER_SCORED = { reply: "What you write is never scored, so there is nothing to draw." };
  const PAUSE = 80; // milliseconds: an import in another tab is one change, not a thousand
  const ENOUGH = 3; // how often a code must have come up before it is called the one to look at
  const WEAK = 0.8;

  const nameOf = (lens) => ek.chooser.LENS_NAMES[lens] || lens;
  const percent = ek.exerciseResults.percent;
  const agreement = ({ count: counted, points, share }) => (counted < ek.exerciseResults.FEW ? points + " of " + counted : percent(share));

  function day(at, settings) {
    return new Date(ek.progressState.millis(at)).toLocaleDateString("en-GB", settings || { day: "numeric", month: "short" });
  }

  class Progress {
    constructor(host, data, store, level) {
      Object.assign(this, { host, data, store, level });
      this.status = statusLine();
      this.parts = el("div", {});
      this.root = el("div", { class: "ek ek-progress-page", lang: "en-GB" }, heading(level, { class: "ek-title", tabindex: "-1" }, "Your progress"), this.parts);
      this.record = ek.progressRecord(this);
      this.root.append(this.record.node, this.status);
      containKeys(this.root);
      host.replaceChildren(this.root);
      this.answers = [];
      this.draw();
      this.heard = () => {
        globalThis.clearTimeout(this.soon);
        this.soon = globalThis.setTimeout(() => this.hear(), PAUSE);
      };
      this.forget = store.onChange(this.heard);
      // Back from an exercise the page may come from the browser's memory; and a day may have passed.
      globalThis.addEventListener("pageshow", this.heard);
      document.addEventListener("visibilitychange", this.heard);
    }

    /** Another tab has news, or time has gone by. */
    hear() {
      const before = this.answers.length;
      this.draw();
      if (this.answers.length !== before) announce(this.status, "Brought up to date: " + count(this.answers.length, "answer") + ".");
    }

    /** Draw everything again. The place of the focus, and what was folded out, stay as they were. */
    draw() {
      const marked = (node) => node.getAttribute("data-keep");
      const focus = this.parts.contains(document.activeElement) ? marked(document.activeElement) : null;
      const folded = new Set([...this.parts.querySelectorAll("details[open]")].map(marked));
      this.answers = this.store.events();
      const progress = ek.progressState.progress(this.data, this.answers, new Date().toISOString());
      this.parts.replaceChildren(...sections(this, progress));
      this.record.refresh(progress, this.answers);
      const kept = [...this.parts.querySelectorAll("[data-keep]")];
      for (const node of kept) if (node.tagName === "DETAILS" && folded.has(marked(node))) node.open = true;
      if (focus !== null) (kept.find((node) => marked(node) === focus && node.tagName !== "DETAILS") || this.root.firstElementChild).focus({ preventScroll: true });
    }

    destroy() {
      globalThis.clearTimeout(this.soon);
      globalThis.removeEventListener("pageshow", this.heard);
      document.removeEventListener("visibilitychange", this.heard);
      this.forget();
      this.root.remove();
    }
  }

  function sections(view, progress) {
    const tried = progress.lenses.filter((lens) => lens.attempts.length > 0 || lens.earlier.length > 0);
    const parts = [...lead(tried), next(view, progress)];
    if (tried.length > 0) parts.push(overTime(view, tried));
    const coded = tried.filter((lens) => lens.codes.length > 0);
    if (coded.length > 0) parts.push(byCode(view, coded));
    return parts;
  }

  function titled(view, words, ...children) {
    const id = uniqueId("progress");
    return el("section", { class: "ek-part", "aria-labelledby": id }, heading(view.level + 1, { id, class: "ek-part-title" }, words), children);
  }

  function lead(tried) {
    const attempts = tried.flatMap((lens) => lens.attempts);
    const done = attempts.filter((attempt) => attempt.finished).length;
    if (tried.length === 0) return [el("p", { class: "ek-lead" }, "Welcome. Nothing is answered yet, so any start is a good one. This page fills up as you practise.")];
    const lenses = tried.filter((lens) => lens.attempts.some((attempt) => attempt.finished)).length;
    if (done === 0) return [el("p", { class: "ek-lead" }, "You have made a start. Figures appear here once an exercise is finished.")];
    return [el("p", { class: "ek-lead" }, "You have finished " + count(done, "attempt") + " in " + count(lenses, "lens", "lenses") + " so far.")];
  }

  function next(view, progress) {
    const empty = progress.lenses.every((lens) => lens.attempts.length === 0);
    const items = progress.suggestions.map((each, index) => {
      const title = each.page ? el("a", { href: each.page, "data-keep": each.lens + "/" + each.vignette }, each.title) : el("b", {}, each.title);
      return el("li", {}, el("p", { class: "ek-next-kind" }, el("span", {}, empty && index === 0 ? "A good place to start" : KINDS[each.kind]), el("span", { class: "ek-badge" }, nameOf(each.lens))), el("p", { class: "ek-next-title" }, title), el("p", {}, each.reason));
    });
    const list = items.length > 0 ? el("ul", { class: "ek-next" }, items) : el("p", {}, "Nothing is waiting for you today. Come back in a few days: a pause is part of learning.");
    return titled(view, "What next", list, waiting(progress));
  }

  function waiting(progress) {
    const later = progress.lenses.filter((lens) => lens.retest_in > 0).map((lens) => nameOf(lens.lens) + " in " + count(lens.retest_in, "day"));
    return later.length > 0 ? el("p", { class: "ek-aside" }, "Retests come due after a pause: " + listed(later) + ".") : null;
  }

  function overTime(view, tried) {
    const drawn = tried.map((lens) => ({ lens, points: points(lens) }));
    const legend = drawn.some((each) => each.points.length > 0)
      ? el("p", { class: "ek-chart-legend" }, [false, true].map((retest) => el("span", {}, sample(retest), retest ? "Retest" : "Practice")))
      : null;
    const about = el("p", {}, "How far you agreed with the reference, attempt by attempt. In practice your first answers count, in a retest your last ones. Answers for discussion never count.");
    return titled(view, "Over time", about, legend, el("div", { class: "ek-charts" }, drawn.map((each) => oneLens(view, each))));
  }

  /** The finished attempts that have a share, as the drawing wants them. */
  function points(lens) {
    const scored = lens.attempts.filter((attempt) => attempt.finished && attempt.share !== null);
    return scored.map((attempt) => ({ share: attempt.share, words: agreement(attempt), retest: attempt.use === "retest", day: day(attempt.at) }));
  }

  function oneLens(view, { lens, points: all }) {
    const shown = all.slice(-MOST);
    const name = nameOf(lens.lens);
    const parts = [heading(view.level + 2, {}, name)];
    if (shown.length > 0) {
      const first = shown[0];
      const last = shown[shown.length - 1];
      const one = "One attempt at " + name + ": " + last.words + " on " + last.day + ".";
      const many = shown.length + " attempts at " + name + ": from " + first.words + " on " + first.day + " to " + last.words + " on " + last.day + ".";
      parts.push(el("p", { class: "ek-newest" }, el("b", {}, last.words), " in the newest" + (last.retest ? ", a retest" : "") + (all.length > shown.length ? ", of " + all.length + ". The drawing has the last " + shown.length + "." : ".")));
      parts.push(chart(shown, (shown.length === 1 ? one : many) + " The table below has every figure."));
    } else {
      parts.push(el("p", {}, NEVER_SCORED[lens.lens] || "Nothing to draw yet: a figure comes when an exercise is finished."));
    }
    return el("div", { class: "ek-of-lens" }, parts, table(lens, name));
  }

  function table(lens, name) {
    const rows = [...lens.attempts, ...lens.earlier].sort((a, b) => (a.at < b.at ? -1 : a.at > b.at ? 1 : 0)).map((attempt) => {
      const badge = attempt.use === "retest" ? [" ", el("span", { class: "ek-badge" }, "Retest")] : [];
      const when = el("span", { class: "ek-when" }, day(attempt.at, { day: "numeric", month: "short", year: "numeric" }));
      return el("tr", {}, el("th", { scope: "row" }, attempt.title, badge, " ", when), el("td", {}, result(attempt)));
    });
    const head = el("tr", {}, el("th", { scope: "col" }, "Exercise and date"), el("th", { scope: "col" }, "Agreement"));
    const caption = el("caption", {}, "Attempts at " + name + ", oldest first");
    const summary = el("summary", { "data-keep": "table " + lens.lens }, "In a table", quietly(": " + name));
    return el("details", { "data-keep": "fold " + lens.lens }, summary, el("table", { class: "ek-table" }, caption, el("thead", {}, head), el("tbody", {}, rows)));
  }

  function result(attempt) {
    if (attempt.finished === undefined) return "Earlier version, not compared";
    if (!attempt.finished) return attempt.done + " of " + attempt.all + " answered";
    return attempt.share === null ? "Finished, not scored" : agreement(attempt);
  }

  function byCode(view, lenses) {
    const about = el("p", {}, "From your newest finished attempt at each exercise: how often you gave each code, and on how many of those in the reference you agreed.");
    return titled(view, "Code by code", about, el("div", { class: "ek-charts" }, lenses.map((lens) => codeTable(view, lens))));
  }

  function codeTable(view, lens) {
    const name = nameOf(lens.lens);
    const missed = lens.codes.filter((row) => row.keyed >= ENOUGH && row.agreed / row.keyed < WEAK).sort((a, b) => a.agreed / a.keyed - b.agreed / b.keyed)[0];
    const told = missed ? el("p", {}, "Look at ", el("b", {}, missed.label), ": " + missed.agreed + " of " + missed.keyed + " agreed.") : null;
    const head = ["Code", "You", "Agreed"].map((word) => el("th", { scope: "col" }, word));
    const rows = lens.codes.map((row) => {
      const agreed = row.keyed > 0 ? [row.agreed + " of " + row.keyed, bar(row.agreed / row.keyed)] : ["not in the reference"];
      return el("tr", {}, el("th", { scope: "row" }, row.label), el("td", {}, String(row.given)), el("td", { class: row.keyed > 0 ? null : "ek-none" }, agreed));
    });
    const caption = el("caption", {}, quietly("Codes in " + name));
    const whole = el("table", { class: "ek-table ek-code-table" }, caption, el("thead", {}, el("tr", {}, head)), el("tbody", {}, rows));
    return el("div", { class: "ek-of-lens" }, heading(view.level + 2, {}, name), told, whole);
  }

  /** A small bar beside words that say the same. */
  function bar(share) {
    const inner = el("span", {});
    inner.style.inlineSize = (share * 100).toFixed(1) + "%";
    return el("span", { class: "ek-bar", "aria-hidden": "true" }, inner);
  }

  /** Show the learner's progress inside `host`; the answer undoes it. */
  function mount(host, data, store, level) {
    const progress = new Progress(host, data, store, level);
    return () => progress.destroy();
  }

  ek.progress = { mount };
})((globalThis.engagekit = globalThis.engagekit || {}));
