/* What to do next: few suggestions, each with its reason. The Python twin is engagekit.scoring.progress_next. */
(function (ek) {
  "use strict";
  const { millis, finished, total, byLens, coded, codes, keyed } = ek.progressState;
  const state = ek.exerciseState;

  const DAY = 86400000; // milliseconds
  const MOST = 4; // suggestions
  const EACH = 2; // of one kind
  const SPACING = [[2, 0.8], [7, 0.9], [21, Infinity]]; // after so many days, a share below this is worth another go
  const ENOUGH = 3; // how often a code must have come up before it can be called a weak one
  const WEAK = 0.8;
  const FEW = 5; // of fewer answers than this a percentage would say more than there is to say
  const MANY = 2; // how often a code must come up in an exercise that is to practise it
  const OPEN_LENSES = ["talk", "desistance", "web"]; // elsewhere, to name the code would give the answer away

  const byText = (text) => (a, b) => (text(a) < text(b) ? -1 : text(a) > text(b) ? 1 : 0);
  const last = (history) => (history.newest ? history.newest.last : "");
  const name = ({ lens }) => lens.slice(0, 1).toUpperCase() + lens.slice(1);

  function ago(age) {
    const days = Math.floor(age / DAY);
    return days + (days === 1 ? " day ago" : " days ago");
  }

  function suggest(kind, { exercise, lens }, reason) {
    const page = exercise.page ? exercise.page + "#" + lens + "." + exercise.id : "";
    return { kind, lens, vignette: exercise.id, title: exercise.title, page, reason };
  }

  /** At most four suggestions: the best of each kind first, then the second best. */
  function suggestions(histories, wait, now) {
    const fresh = (lens) => untried(lens, histories);
    const kinds = [carryOn(histories), retests(histories, wait, now), returns(histories, now), newLenses(histories, fresh), weakCodes(histories, fresh), newExercises(histories, fresh)];
    const found = new Map();
    for (let turn = 0; turn < EACH; turn += 1) {
      for (const kind of kinds) {
        const each = kind[turn];
        const place = each && JSON.stringify([each.lens, each.vignette]);
        if (each && !found.has(place)) found.set(place, each);
      }
    }
    return [...found.values()].slice(0, MOST);
  }

  /** In how many days one lens's retest is due: 0 when it is, null when none is waited for. */
  function retestIn(histories, wait, now) {
    const ended = practised(histories);
    const tests = histories.filter((each) => each.retest);
    const since = tests.some((each) => each.tries.some((one) => finished(each, one) && one.last >= ended));
    if (ended === "" || tests.length === 0 || since) return null;
    return Math.max(0, Math.ceil((millis(ended) + wait * DAY - now) / DAY));
  }

  /** When a lens was practised last; nothing unless it was once practised to the end. */
  function practised(histories) {
    const practice = histories.filter((each) => !each.retest);
    if (!practice.some((each) => each.tries.some((one) => finished(each, one)))) return "";
    return practice.map(last).reduce((a, b) => (b > a ? b : a));
  }

  function carryOn(histories) {
    const begun = histories.filter((each) => each.newest && !finished(each, each.newest));
    begun.sort((a, b) => byText(last)(b, a));
    return begun.map((each) => {
      const done = state.done(each.exercise, each.newest) + " of " + state.required(each.exercise).length;
      return suggest("carry-on", each, "You have answered " + done + ". Pick up where you left off.");
    });
  }

  function retests(histories, wait, now) {
    const due = byLens(histories).filter((lens) => retestIn(lens, wait, now) === 0);
    const found = [];
    for (const lens of due.sort(byText(practised))) {
      const tests = lens.filter((each) => each.retest);
      if (tests.some((each) => each.newest && !finished(each, each.newest))) continue; // one is under way, and offered as that
      const days = ago(now - millis(practised(lens)));
      const reason = "You last practised " + name(lens[0]) + " " + days + ". See what has stayed: feedback waits until the end.";
      found.push(suggest("retest", [...tests].sort(byText(last))[0], reason));
    }
    return found;
  }

  function agreed({ count, points, share }) {
    if (share === null) return "You did this one";
    return "You agreed on " + (count < FEW ? points + " of " + count + "," : Math.round(share * 100) + " per cent");
  }

  function returns(histories, now) {
    const due = [];
    for (const history of histories) {
      const one = history.newest;
      if (history.retest || !one || !finished(history, one)) continue;
      const agreement = total(history, one);
      const part = agreement.share === null ? 1 : agreement.share;
      const age = now - millis(one.last);
      if (!SPACING.some(([days, below]) => age >= days * DAY && part < below)) continue;
      const reason = agreed(agreement) + " " + ago(age) + ". Coming back after a pause helps it to stay.";
      due.push({ part, at: one.last, suggestion: suggest("return", history, reason) });
    }
    due.sort((a, b) => a.part - b.part || byText((each) => each.at)(a, b));
    return due.map((each) => each.suggestion);
  }

  const touched = (lens) => lens.some((each) => each.tries.length > 0 || each.earlier.length > 0);

  function newLenses(histories, fresh) {
    const lenses = byLens(histories).filter((lens) => !touched(lens) && fresh(lens).length > 0);
    return lenses.map((lens) => suggest("new-lens", fresh(lens)[0], "You have not tried the " + name(lens[0]) + " lens yet."));
  }

  function weakCodes(histories, fresh) {
    const weak = [];
    for (const lens of byLens(histories).filter((each) => OPEN_LENSES.includes(each[0].lens))) {
      for (const row of codes(lens)) {
        if (row.keyed >= ENOUGH && row.agreed / row.keyed < WEAK) weak.push({ lens, row, part: row.agreed / row.keyed });
      }
    }
    weak.sort((a, b) => a.part - b.part || b.row.keyed - a.row.keyed);
    const found = [];
    for (const { lens, row } of weak) {
      const ranked = fresh(lens).map((each) => ({ each, count: times(row.code, each) }));
      const best = ranked.sort((a, b) => b.count - a.count)[0];
      if (!best || best.count < MANY) continue;
      const told = "In " + name(best.each) + " you agreed on " + row.agreed + " of " + row.keyed + " keyed “" + row.label + "”.";
      found.push(suggest("weak-code", best.each, told + " This one has more of them."));
    }
    return found;
  }

  function newExercises(histories, fresh) {
    const tried = (lens) => lens.filter((each) => each.tries.length > 0).length;
    const lenses = byLens(histories).filter(touched).sort((a, b) => tried(a) - tried(b));
    const first = lenses.flatMap((lens) => fresh(lens).slice(0, 1));
    return first.map((each) => suggest("new-exercise", each, "One that you have not done yet, for the " + name(each) + " lens."));
  }

  /** How often the key of an exercise gives a code. */
  function times(code, history) {
    return coded(history).filter((item) => keyed(item, history.exercise.key[item.id]).has(code)).length;
  }

  /**
   * The practice exercises of a lens without an attempt at their version of today: first those never seen, then those
   * met through another lens, last those done at an earlier version.
   */
  function untried(lens, histories) {
    const met = new Set(histories.filter((each) => each.tries.length > 0).map((each) => each.exercise.id));
    const seen = (each) => (each.earlier.length > 0 ? 2 : met.has(each.exercise.id) ? 1 : 0);
    return lens.filter((each) => !each.retest && each.tries.length === 0).sort((a, b) => seen(a) - seen(b));
  }

  ek.progressNext = { suggestions, retestIn };
})((globalThis.engagekit = globalThis.engagekit || {}));
