/* What every exercise knows: its items, the attempt under way and what each answer amounts to. Lenses add what is
   theirs. No document here, so node can test it. */
(function (ek) {
  "use strict";

  const OUTCOMES = {
    agrees: { word: "Agrees", icon: "tick", title: "Agrees with the reference" },
    nearly: { word: "Nearly", icon: "nearly", title: "Nearly: counts half" },
    differs: { word: "Differs", icon: "differs", title: "Differs from the reference" },
    discuss: { word: "For discussion", icon: "discuss", title: "For discussion, not counted" },
    kept: { word: "Kept", icon: "tick", title: "Your answer is kept" },
    read: { word: "Written", icon: "tick", title: "What we noticed" },
  };

  const required = (exercise) => exercise.items.filter((item) => !item.optional);
  const itemOf = (exercise, id) => exercise.items.find((item) => item.id === id);
  const order = (exercise) => exercise.scheme.codes.map((code) => code.id);

  /** What an item offers: its own choices, or the scheme's codes. */
  function choices(exercise, item) {
    return item.choices && item.choices.length > 0 ? item.choices : exercise.scheme.codes;
  }

  function choice(exercise, item, id) {
    return choices(exercise, item).find((each) => each.id === id);
  }

  function label(exercise, item, id) {
    const found = choice(exercise, item, id);
    return found ? found.label : id;
  }

  function definition(exercise, item, id) {
    const found = choice(exercise, item, id);
    return (found && found.definition) || "";
  }

  /** A label in the middle of a sentence: its first letter small. */
  function lower(text) {
    return text.charAt(0).toLowerCase() + text.slice(1);
  }

  function ruleText(exercise, id) {
    const rule = exercise.scheme.rules.find((each) => each.id === id);
    return rule ? rule.text : "";
  }

  function outcome(exercise, item, answer, withheld) {
    if (withheld) return "kept";
    return ek.scoring.outcome(item, exercise.key[item.id] || {}, answer, order(exercise)) || "kept";
  }

  /** Past attempts at this very version of the exercise, oldest first, with what it no longer has left out. */
  function attempts(exercise, events) {
    const codes = order(exercise);
    const items = new Map(exercise.items.map((item) => [item.id, item]));
    const usable = ofExercise(exercise, events).filter((event) => {
      const item = items.get(event.item);
      return event.content === exercise.content && item && ek.scoring.isAnswer(item, event.answer, codes);
    });
    return ek.attempts.attemptsOf(usable);
  }

  function ofExercise(exercise, events) {
    return events.filter((event) => event.lens === exercise.lens && event.vignette === exercise.id);
  }

  /** How many attempts were made at another version of this exercise. */
  function olderAttempts(exercise, events) {
    const others = ofExercise(exercise, events).filter((event) => event.content !== exercise.content);
    return ek.attempts.attemptsOf(others).length;
  }

  function blankAttempt(exercise) {
    return { id: ek.attempts.newId(), content: exercise.content, first: {}, latest: {}, last: "" };
  }

  /** How many items that count towards the end are answered. */
  function done(exercise, attempt) {
    return required(exercise).filter((item) => attempt.latest[item.id]).length;
  }

  function isComplete(exercise, attempt) {
    return done(exercise, attempt) === required(exercise).length;
  }

  /** The next item without an answer: after `from` where there is one, else from the beginning; null when none is left. */
  function nextOpen(exercise, attempt, from) {
    const ids = exercise.items.map((item) => item.id);
    const start = ids.indexOf(from) + 1;
    const open = (id) => !attempt.latest[id] && !itemOf(exercise, id).optional;
    return [...ids.slice(start), ...ids.slice(0, start)].find(open) || null;
  }

  /**
   * The answers that the score counts. In practice feedback shows the key at once, so first answers count. A retest
   * shows nothing until the end, so there the last answers do.
   */
  function counted(exercise, attempt) {
    return exercise.use === "retest" ? attempt.latest : attempt.first;
  }

  /** The required items that have a key and count, each with its outcome and score: what a result is made of. */
  function scored(exercise, answers) {
    const rows = [];
    for (const item of required(exercise)) {
      if (!answers[item.id]) continue;
      const result = outcome(exercise, item, answers[item.id], false);
      const score = ek.scoring.score(result);
      if (score !== null) rows.push({ item, answer: answers[item.id], outcome: result, score });
    }
    return rows;
  }

  /** The same in one line: how many items count, the sum of their scores and the share; null when nothing counts. */
  function total(exercise, answers) {
    const rows = scored(exercise, answers);
    const points = rows.reduce((sum, row) => sum + row.score, 0);
    return { count: rows.length, points, share: rows.length === 0 ? null : points / rows.length };
  }

  /** A new answer as an event, later than all of `record` even where the clock was set back since. */
  function event(exercise, attempt, item, answer, record) {
    const latest = [attempt.last, ...(record || []).map((each) => each.at)].sort().pop();
    return {
      schema: ek.attempts.SCHEMA,
      attempt: attempt.id,
      lens: exercise.lens,
      vignette: exercise.id,
      content: exercise.content,
      item,
      answer,
      at: ek.attempts.timeAfter(latest),
    };
  }

  ek.exerciseState = {
    OUTCOMES, required, itemOf, order, choices, choice, label, definition, lower, ruleText, outcome, attempts, olderAttempts,
    blankAttempt, done, isComplete, nextOpen, counted, scored, total, event,
  };
})((globalThis.engagekit = globalThis.engagekit || {}));
