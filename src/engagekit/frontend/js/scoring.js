/* What one answer amounts to beside the key. The Python twin is engagekit.scoring.practice; both are held to
   tests/golden/practice.json. No document, clock or storage is touched here. */
(function (ek) {
  "use strict";

  const SCORES = { agrees: 1, nearly: 0.5, differs: 0 };
  const APART = "not-enough-information"; // stands outside the order of stages, so it has no neighbours

  /** An answer's text in its parts: the code, and the sentences pointed at. */
  function parts(answer) {
    const [code, ...sentences] = answer.split(" ");
    return { code, sentences };
  }

  /** The codes that an item offers, in order; `order` is the scheme's, for items that offer its codes. */
  function codesOf(item, order) {
    return item.choices && item.choices.length > 0 ? item.choices.map((choice) => choice.id) : order;
  }

  /** Is this text an answer that the item could have been given? */
  function isAnswer(item, answer, order) {
    if (typeof answer !== "string" || answer.trim() === "") return false;
    if (item.kind === "choice") return codesOf(item, order).includes(parts(answer).code);
    if (item.kind === "set") return answer === "none" || answer.split(" ").every((id) => codesOf(item, order).includes(id));
    return true;
  }

  /**
   * agrees, nearly, differs, discuss (readers split, never counted) or read (words, never counted); null for a text
   * that is no answer to this item.
   */
  function outcome(item, key, answer, order) {
    if (!isAnswer(item, answer, order)) return null;
    if (item.kind === "text" || item.kind === "fields") return "read";
    if (key.discussion || (key.also || []).length > 0) return "discuss";
    return item.kind === "set" ? ofSet(key, answer) : ofChoice(item, key, answer, order);
  }

  /** The same set agrees; nearly when at least half of all that either side named was named by both. */
  function ofSet(key, answer) {
    const mine = new Set(answer === "none" ? [] : answer.split(" "));
    const theirs = new Set(key.set);
    const both = [...mine].filter((id) => theirs.has(id)).length;
    const all = new Set([...mine, ...theirs]).size;
    if (both === all) return "agrees";
    return both * 2 >= all ? "nearly" : "differs";
  }

  /** The keyed code agrees, with the sentence that shows it where one is asked for; else half, or a step away half. */
  function ofChoice(item, key, answer, order) {
    const { code, sentences } = parts(answer);
    if (code === key.code) {
      const wanted = item.evidence ? key.shown_by || [] : [];
      if (wanted.length === 0) return "agrees";
      const hits = sentences.filter((id) => wanted.includes(id)).length;
      return hits > 0 && sentences.length - hits <= hits ? "agrees" : "nearly";
    }
    if (!item.ordinal || code === APART || key.code === APART) return "differs";
    const codes = codesOf(item, order);
    return Math.abs(codes.indexOf(code) - codes.indexOf(key.code)) === 1 ? "nearly" : "differs";
  }

  /** 1, a half or 0; null for an outcome that never counts. */
  function score(result) {
    return Object.prototype.hasOwnProperty.call(SCORES, result) ? SCORES[result] : null;
  }

  ek.scoring = { parts, codesOf, isAnswer, outcome, score };
})((globalThis.engagekit = globalThis.engagekit || {}));
