/* What the Talk exercise knows: the transcript in exchanges, the attempt under way and what a code amounts to.
   No document here, so node can test it. */
(function (ek) {
  "use strict";

  const OUTCOMES = {
    agrees: { word: "Agrees", icon: "tick", title: "Agrees with the reference" },
    differs: { word: "Differs", icon: "differs", title: "Differs from the reference" },
    discuss: { word: "For discussion", icon: "discuss", title: "For discussion, not counted" },
    kept: { word: "Coded", icon: "tick", title: "Your code is kept" },
  };

  /**
   * The transcript as exchanges: what was said since the last practitioner turn, then that turn. A closing
   * exchange with no turn holds whatever follows the last one.
   */
  function exchanges(exercise) {
    const rows = [];
    let before = [];
    for (const utterance of exercise.utterances) {
      if (utterance.speaker === "practitioner") {
        rows.push({ turn: utterance, number: rows.length + 1, before });
        before = [];
      } else {
        before.push(utterance);
      }
    }
    if (before.length > 0) rows.push({ turn: null, number: null, before });
    return rows;
  }

  function turnIds(exercise) {
    return exchanges(exercise)
      .filter((row) => row.turn)
      .map((row) => row.turn.id);
  }

  function codeIds(exercise) {
    return exercise.scheme.codes.map((code) => code.id);
  }

  function label(exercise, id) {
    const code = exercise.scheme.codes.find((each) => each.id === id);
    return code ? code.label : id;
  }

  function definition(exercise, id) {
    const code = exercise.scheme.codes.find((each) => each.id === id);
    return code ? code.definition : "";
  }

  /** A label in the middle of a sentence: its first letter small. */
  function midSentence(exercise, id) {
    const text = label(exercise, id);
    return text.charAt(0).toLowerCase() + text.slice(1);
  }

  function ruleText(exercise, id) {
    const rule = exercise.scheme.rules.find((each) => each.id === id);
    return rule ? rule.text : "";
  }

  /** agrees, differs or discuss; or kept, while a retest holds its feedback back. */
  function outcome(exercise, turn, code, withheld) {
    if (withheld) return "kept";
    const key = exercise.key[turn];
    if ((key.also || []).length > 0) return "discuss";
    return key.code === code ? "agrees" : "differs";
  }

  /** Past attempts at this very version of the exercise, oldest first, with codes and turns it no longer has left out. */
  function attempts(exercise, events) {
    const turns = turnIds(exercise);
    const codes = codeIds(exercise);
    const usable = events.filter(
      (event) =>
        event.vignette === exercise.id &&
        event.content === exercise.content &&
        turns.includes(event.turn) &&
        codes.includes(event.code)
    );
    return ek.attempts.attemptsOf(usable);
  }

  /** How many attempts were made at another version of this exercise. */
  function olderAttempts(exercise, events) {
    const others = events.filter((event) => event.vignette === exercise.id && event.content !== exercise.content);
    return ek.attempts.attemptsOf(others).length;
  }

  function blankAttempt(exercise) {
    return { id: ek.attempts.newId(), content: exercise.content, first: {}, latest: {}, last: "" };
  }

  function isComplete(exercise, attempt) {
    return turnIds(exercise).every((turn) => attempt.latest[turn]);
  }

  /** The next turn without a code: after `from` where there is one, else from the beginning; null when all are coded. */
  function nextUncoded(exercise, attempt, from) {
    const turns = turnIds(exercise);
    const start = turns.indexOf(from) + 1;
    return [...turns.slice(start), ...turns.slice(0, start)].find((turn) => !attempt.latest[turn]) || null;
  }

  /**
   * The answers that the score counts. In practice feedback shows the key at once, so first answers count. A retest
   * shows nothing until the end, so there the last answers do.
   */
  function counted(exercise, attempt) {
    return exercise.use === "retest" ? attempt.latest : attempt.first;
  }

  function referenceCoding(exercise) {
    return Object.fromEntries(turnIds(exercise).map((turn) => [turn, exercise.key[turn].code]));
  }

  function event(exercise, attempt, turn, code) {
    return {
      schema: ek.attempts.SCHEMA,
      attempt: attempt.id,
      lens: "talk",
      vignette: exercise.id,
      content: exercise.content,
      turn,
      code,
      at: ek.attempts.timeAfter(attempt.last),
    };
  }

  ek.talkState = {
    OUTCOMES, exchanges, turnIds, codeIds, label, definition, midSentence, ruleText, outcome, attempts, olderAttempts,
    blankAttempt, isComplete, nextUncoded, counted, referenceCoding, event,
  };
})((globalThis.engagekit = globalThis.engagekit || {}));
