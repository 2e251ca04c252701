/* The Talk exercise itself: <engagekit-talk> in a page, or a widget in JupyterLab. */
(function (ek) {
  "use strict";
  const { el, heading, statusLine, announce, containKeys, focusOn, count, defineElement } = ek.dom;
  const state = ek.talkState;

  class Talk {
    constructor(host, exercise, store, level) {
      Object.assign(this, { host, exercise, store, level, open: null, changing: false, fresh: false, early: false, drafts: {} });
      this.turns = state.turnIds(exercise);
      this.status = statusLine();
      this.load();
      this.open = state.nextUncoded(exercise, this.attempt, null);
      this.build();
      this.forget = store.onChange(() => this.hear());
    }

    /** Take up the newest attempt, or a blank one. After "Try again" the blank one is kept until it has an answer. */
    load() {
      this.record = this.store.events();
      this.past = state.attempts(this.exercise, this.record);
      const mine = this.attempt && this.past.find((attempt) => attempt.id === this.attempt.id);
      const newest = this.fresh || (this.attempt && this.attempt.last) ? null : this.past[this.past.length - 1];
      this.attempt = mine || newest || this.attempt || state.blankAttempt(this.exercise);
    }

    build() {
      const { exercise } = this;
      this.rows = new Map();
      const list = el("ol", { class: "ek-transcript" });
      for (const row of state.exchanges(exercise)) {
        const drawn = ek.talkTurns.exchange(this, row);
        if (row.turn) this.rows.set(row.turn.id, drawn);
        list.append(drawn.item);
      }
      this.progress = el("div", { class: "ek-progress" });
      this.results = el("section", { class: "ek-results" });
      this.root = el("div", { class: "ek ek-talk", lang: "en-GB" }, this.introduction(), this.progress, list, this.results, this.status);
      containKeys(this.root);
      this.host.replaceChildren(this.root);
      this.draw();
    }

    introduction() {
      const { exercise } = this;
      const facts = [
        ["Setting", exercise.setting],
        ["Change goal", exercise.goal],
        ["Speakers", exercise.people.practitioner + ", practitioner, and " + exercise.people.person],
      ];
      const held = exercise.use === "retest";
      const how = held
        ? "Give each practitioner turn one code. This is a retest: feedback comes at the end, when every turn is coded."
        : "Give each practitioner turn one code and check it. Feedback comes at once. You may change a code later, but your first answers are what the score counts.";
      return el(
        "div",
        { class: "ek-introduction" },
        heading(this.level, { class: "ek-title" }, exercise.title),
        el("p", { class: "ek-lead" }, exercise.introduction),
        el("dl", { class: "ek-facts" }, facts.filter((fact) => fact[1]).map(([term, value]) => ek.talkTurns.pair(term, value))),
        el("p", {}, how),
        el("p", { class: "ek-aside" }, "The reference codes are the authors' own, each with a reason. They are not an official key: a good reader may argue with some."),
        ek.talkTurns.codebook(exercise)
      );
    }

    uncoded() {
      return this.turns.filter((turn) => !this.attempt.latest[turn]);
    }

    complete() {
      return this.uncoded().length === 0;
    }

    /** A retest holds its feedback back until the end. */
    withheld() {
      return this.exercise.use === "retest" && !this.complete();
    }

    /** Results before the end would give a retest's key away. */
    mayPeek() {
      return this.exercise.use !== "retest";
    }

    mayChange() {
      return this.exercise.use !== "retest" || !this.complete();
    }

    draw() {
      for (const row of this.rows.values()) row.fill();
      this.drawAround();
    }

    drawAround() {
      const done = this.turns.length - this.uncoded().length;
      const words = done + " of " + count(this.turns.length, "turn") + " coded";
      const bar = el("progress", { max: this.turns.length, value: done, "aria-label": "Turns coded" });
      this.progress.replaceChildren(el("span", {}, words), bar);
      ek.talkResults.fill(this, this.results);
    }

    /** The learner checks a code. */
    answer(turn, code) {
      this.fresh = false;
      const unchanged = this.attempt.latest[turn] === code;
      if (!unchanged) {
        const event = state.event(this.exercise, this.attempt, turn, code);
        this.store.append(event);
        this.load();
      }
      delete this.drafts[turn];
      this.changing = false;
      if (this.complete()) this.draw();
      else this.rows.get(turn).fill();
      this.drawAround();
      focusOn(this.rows.get(turn).work.querySelector(".ek-feedback"), "nearest");
      announce(this.status, this.turns.length - this.uncoded().length + " of " + count(this.turns.length, "turn") + " coded.");
    }

    /** Open a turn; whatever was open closes. */
    reveal(turn, changing) {
      const before = this.open;
      this.open = turn;
      this.changing = changing;
      if (before && before !== turn) this.rows.get(before).fill();
      if (turn) this.rows.get(turn).fill();
    }

    show(turn) {
      this.reveal(turn, false);
      const panel = this.rows.get(turn).work;
      focusOn(panel.querySelector(".ek-feedback"), "nearest");
      const radio = panel.querySelector("input:checked") || panel.querySelector("input");
      if (radio) radio.focus();
    }

    change(turn) {
      this.reveal(turn, true);
      this.rows.get(turn).work.querySelector("input:checked").focus();
    }

    close(turn) {
      this.reveal(null, false);
      this.rows.get(turn).work.querySelector("button").focus();
    }

    goTo(turn) {
      this.reveal(turn, false);
      this.rows.get(turn).focusTitle();
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

    /** A blank attempt, open at the first turn. */
    startOver() {
      this.attempt = state.blankAttempt(this.exercise);
      Object.assign(this, { fresh: true, early: false, changing: false, drafts: {} });
      this.open = this.turns[0];
      this.load();
      this.draw();
      this.rows.get(this.open).focusTitle();
    }

    /** Go on with what an import brought, at the first turn that it leaves open. */
    takeUp() {
      this.fresh = false;
      this.load();
      this.open = state.nextUncoded(this.exercise, this.attempt, null);
      this.changing = false;
      this.draw();
    }

    /** Another tab, or Python, has news. What the learner is in the middle of is left alone. */
    hear() {
      this.load();
      const busy = this.open && this.rows.get(this.open).work.contains(document.activeElement) ? this.open : null;
      for (const [turn, row] of this.rows) if (turn !== busy) row.fill();
      if (this.results.contains(document.activeElement)) ek.talkRecord.refresh(this);
      else this.drawAround();
    }

    destroy() {
      this.forget();
      this.root.remove();
    }
  }

  /** Show an exercise inside `host`; returns what undoes it. */
  function mount(host, exercise, store, level) {
    const talk = new Talk(host, exercise, store, level);
    return () => talk.destroy();
  }

  /** The widget's door: called by anywidget with a model and an empty element. */
  function render({ model, el: host }) {
    return mount(host, model.get("exercise"), ek.attempts.modelStore(model), 3);
  }

  ek.talk = { mount, render };
  defineElement("engagekit-talk", 3, (host, data, level) => mount(host, data, ek.attempts.browserStore("talk", data.id), level));
})((globalThis.engagekit = globalThis.engagekit || {}));
