/* An exercise, in a page or in JupyterLab. What is special to a lens is in ek.lenses. */
(function (ek) {
  "use strict";
  const { el, heading, statusLine, announce, containKeys, ignoreSecondClicks, focusOn, count, uniqueId } = ek.dom;
  const state = ek.exerciseState;

  class Exercise {
    constructor(host, exercise, store, level, { onChange, drafts } = {}) {
      const lens = ek.lenses[exercise.lens];
      Object.assign(this, { host, exercise, store, level, lens, words: lens.words, use: exercise.use, onChange: onChange || (() => {}) });
      Object.assign(this, { open: null, changing: false, fresh: false, early: false, drafts: drafts || {} });
      this.status = statusLine();
      this.titleId = uniqueId("title");
      this.load();
      this.open = state.nextOpen(exercise, this.attempt, null);
      this.build();
      this.forget = store.onChange(() => this.hear());
    }

    /** Take up the newest attempt, or a blank one. After "Try again" the blank one is kept until it has an answer. */
    load() {
      const { exercise } = this;
      this.record = this.store.events().filter((event) => event.lens === exercise.lens && event.vignette === exercise.id);
      this.past = state.attempts(exercise, this.record);
      const mine = this.attempt && this.past.find((attempt) => attempt.id === this.attempt.id);
      const gone = this.attempt && this.attempt.last && !mine; // another tab erased it
      const newest = this.fresh || (this.attempt && this.attempt.last && !gone) ? null : this.past[this.past.length - 1];
      this.attempt = mine || newest || (gone ? null : this.attempt) || state.blankAttempt(exercise);
    }

    build() {
      this.rows = new Map();
      const row = (id, settings) => {
        const drawn = ek.items.row(this, state.itemOf(this.exercise, id), settings);
        this.rows.set(id, drawn);
        return drawn.node;
      };
      const layout = this.lens.layout(this, row);
      this.progress = el("div", { class: "ek-progress" });
      this.alarm = el("div", {});
      this.results = el("section", { class: "ek-results" });
      const kind = "ek ek-exercise ek-" + this.exercise.lens;
      this.root = el("div", { class: kind, lang: "en-GB" }, this.introduction(), this.progress, this.alarm, layout, this.results, this.status);
      containKeys(this.root);
      ignoreSecondClicks(this.root);
      this.host.replaceChildren(this.root);
      this.draw();
      this.warn();
    }

    introduction() {
      const { exercise, words } = this;
      const how = exercise.use === "retest" ? words.retest + " This is a retest: feedback comes at the end, when everything is " + words.done + "." : words.practice;
      return el(
        "div",
        { class: "ek-introduction" },
        heading(this.level, { class: "ek-title", id: this.titleId }, exercise.title),
        el("p", { class: "ek-lead" }, exercise.introduction),
        exercise.facts.length > 0 ? el("dl", { class: "ek-facts" }, exercise.facts.map((fact) => ek.items.pair(fact.term, fact.text))) : null,
        el("p", {}, how),
        el("p", { class: "ek-aside" }, words.basis || "The reference answers are the authors' own, each with a reason. They are not an official key: a good reader may argue with some."),
        ek.items.codebook(exercise)
      );
    }

    done() {
      return state.done(this.exercise, this.attempt);
    }

    complete() {
      return state.isComplete(this.exercise, this.attempt);
    }

    /** A retest holds its feedback back until the end. */
    withheld() {
      return this.use === "retest" && !this.complete();
    }

    /** Results before the end would give a retest's key away. */
    mayPeek() {
      return this.use !== "retest";
    }

    mayChange() {
      return this.use !== "retest" || !this.complete();
    }

    progressWords() {
      return this.done() + " of " + count(state.required(this.exercise).length, this.words.noun, this.words.nouns) + " " + this.words.done;
    }

    draw() {
      for (const row of this.rows.values()) row.fill();
      this.drawAround();
    }

    drawAround() {
      const all = state.required(this.exercise).length;
      const bar = el("progress", { max: all, value: this.done(), "aria-label": "How much is " + this.words.done });
      this.progress.replaceChildren(el("span", {}, this.progressWords()), bar);
      ek.exerciseResults.fill(this, this.results);
    }

    /** What keeps answers from being kept stands where the learner is at work. Returns it when it is news. */
    warn() {
      const trouble = ek.exerciseRecord.trouble(this.store);
      const news = trouble !== this.trouble;
      if (news || !this.alarm.contains(document.activeElement)) this.alarm.replaceChildren(...(trouble ? [ek.exerciseRecord.alarm(this)] : []));
      this.trouble = trouble;
      if (this.open) this.rows.get(this.open).node.append(this.alarm);
      else this.progress.after(this.alarm);
      return news ? trouble : "";
    }

    /** The learner checks an answer. */
    answer(id, answer) {
      if (this.use === "retest") this.load(); // another tab may have finished it, and then nothing is changed any more
      this.fresh = false;
      if (this.attempt.latest[id] !== answer && this.mayChange()) {
        this.store.append(state.event(this.exercise, this.attempt, id, answer, this.record));
        this.load();
        this.onChange();
      }
      delete this.drafts[id];
      this.changing = false;
      if (this.complete()) this.draw();
      else this.rows.get(id).fill();
      this.drawAround();
      focusOn(this.rows.get(id).work.querySelector(".ek-feedback"), "nearest");
      const item = state.itemOf(this.exercise, id);
      const result = state.OUTCOMES[state.outcome(this.exercise, item, this.attempt.latest[id], this.withheld())];
      announce(this.status, [result.word + ".", this.progressWords() + ".", this.warn()].join(" ").trim());
    }

    /** Open an item; whatever was open closes. */
    reveal(id, changing) {
      const before = this.open;
      this.open = id;
      this.changing = changing;
      if (before && before !== id) this.rows.get(before).fill();
      if (id) this.rows.get(id).fill();
      if (this.trouble) this.warn();
    }

    show(id) {
      this.reveal(id, false);
      this.bare(id);
      const panel = this.rows.get(id).work;
      focusOn(panel.querySelector(".ek-feedback"), "nearest");
      this.focusField(panel);
    }

    change(id) {
      this.reveal(id, true);
      this.focusField(this.rows.get(id).work);
    }

    /** The learner lets the given answer stand. */
    keep(id) {
      delete this.drafts[id];
      this.show(id);
    }

    focusField(panel) {
      const answers = panel.querySelector(".ek-question:not(.ek-sentences)");
      const field = answers && (answers.querySelector("input:checked") || answers.querySelector("input, textarea"));
      if (field) field.focus();
    }

    /** Whatever hides an item (a folded group) opens. */
    bare(id) {
      for (let node = this.rows.get(id).node.parentElement; node && node !== this.root; node = node.parentElement) {
        if (node.tagName === "DETAILS") node.open = true;
      }
    }

    close(id) {
      this.reveal(null, false);
      this.rows.get(id).work.querySelector("button").focus();
    }

    goTo(id) {
      this.reveal(id, false);
      this.bare(id);
      this.rows.get(id).focusTitle();
    }

    showResults() {
      this.early = true;
      this.reveal(null, false);
      this.drawAround();
      focusOn(this.results.querySelector(".ek-results-title"));
    }

    tryAgain() {
      this.startOver();
      announce(this.status, "A new attempt. Your earlier ones are kept.");
    }

    /** A blank attempt, open at the first item. */
    startOver() {
      this.attempt = state.blankAttempt(this.exercise);
      for (const id of Object.keys(this.drafts)) delete this.drafts[id];
      Object.assign(this, { fresh: true, early: false, changing: false });
      this.open = state.nextOpen(this.exercise, this.attempt, null);
      this.load();
      this.draw();
      this.onChange();
      this.goTo(this.open);
    }

    /** Go on with what an import brought, at the first item that it leaves open. */
    takeUp() {
      this.fresh = false;
      this.load();
      this.open = state.nextOpen(this.exercise, this.attempt, null);
      this.changing = false;
      this.draw();
      this.onChange();
    }

    /** Another tab, or Python, has news. What the learner is in the middle of is left alone. */
    hear() {
      this.load();
      const busy = this.open && this.rows.get(this.open).work.contains(document.activeElement) ? this.open : null;
      for (const [id, row] of this.rows) if (id !== busy) row.fill();
      if (this.results.contains(document.activeElement)) ek.exerciseRecord.refresh(this);
      else this.drawAround();
      const told = this.warn();
      if (told) announce(this.status, told);
    }

    destroy() {
      this.forget();
      this.root.remove();
    }
  }

  /**
   * Show an exercise inside `host`; returns what undoes it. `hooks.onChange` is called after each answer; in
   * `hooks.drafts` it keeps what is begun and not checked, for when it is shown again.
   */
  function mount(host, exercise, store, level, hooks) {
    const view = new Exercise(host, exercise, store, level, hooks);
    return () => view.destroy();
  }

  ek.lenses = {};
  ek.exercise = { mount };
})((globalThis.engagekit = globalThis.engagekit || {}));
