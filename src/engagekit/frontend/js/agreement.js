/* How far a learner's coding agrees with the reference. The Python twin is engagekit.scoring.agreement; both are
   held to tests/golden/agreement.json. No document, clock or storage is touched here. */
(function (ek) {
  "use strict";

  const own = (record, name) => Object.prototype.hasOwnProperty.call(record, name);

  /** Share of pairs [reference, learner] that are equal; null when there are none. */
  function percentAgreement(pairs) {
    if (pairs.length === 0) return null;
    return pairs.filter(([reference, learner]) => reference === learner).length / pairs.length;
  }

  /** Cohen's kappa; null where it is undefined: nothing compared, or chance alone would agree every time. */
  function cohenKappa(pairs) {
    const total = pairs.length;
    if (total === 0) return null;
    const reference = tally(pairs.map((pair) => pair[0]));
    const learner = tally(pairs.map((pair) => pair[1]));
    let together = 0; // whole numbers until the last step, so that "chance is 1" is an exact test
    for (const [code, seen] of reference) together += seen * (learner.get(code) || 0);
    if (together === total * total) return null;
    const agreed = pairs.filter(([first, second]) => first === second).length;
    return (agreed * total - together) / (total * total - together);
  }

  function tally(codes) {
    const seen = new Map();
    for (const code of codes) seen.set(code, (seen.get(code) || 0) + 1);
    return seen;
  }

  /** One row per code that either side used, in scheme order. */
  function perCode(pairs, codes) {
    return codes
      .map((code) => ({
        code,
        reference: pairs.filter((pair) => pair[0] === code).length,
        learner: pairs.filter((pair) => pair[1] === code).length,
        agreed: pairs.filter((pair) => pair[0] === code && pair[1] === code).length,
      }))
      .filter((row) => row.reference > 0 || row.learner > 0);
  }

  /** Every pairing that occurred with its count, agreements too, in scheme order of reference and then learner. */
  function confusion(pairs, codes) {
    const cells = [];
    for (const reference of codes) {
      for (const learner of codes) {
        const times = pairs.filter((pair) => pair[0] === reference && pair[1] === learner).length;
        if (times > 0) cells.push({ reference, learner, count: times });
      }
    }
    return cells;
  }

  /** What to practise: at most two reference codes with the most disagreements, each with what it was taken for. */
  function practiseNext(cells) {
    const byCode = new Map(); // cells come in scheme order, so insertion order settles every tie
    for (const cell of cells) {
      if (cell.reference === cell.learner) continue;
      const entry = byCode.get(cell.reference) || { code: cell.reference, confused_with: "", count: 0, most: 0 };
      entry.count += cell.count;
      if (cell.count > entry.most) {
        entry.most = cell.count;
        entry.confused_with = cell.learner;
      }
      byCode.set(cell.reference, entry);
    }
    return [...byCode.values()]
      .sort((first, second) => second.count - first.count)
      .slice(0, 2)
      .map(({ code, confused_with, count }) => ({ code, confused_with, count }));
  }

  /**
   * Compare a coding with a key. Turns with a second reading (`also`) are for discussion and are left out; a turn
   * with no code is missing and left out too. A code that the scheme does not have comes after those that it has.
   */
  function compare(key, coding, codes) {
    const pairs = [];
    const missing = [];
    const discussion = [];
    for (const turn of Object.keys(key)) {
      const given = own(coding, turn) ? coding[turn] : "";
      if ((key[turn].also || []).length > 0) discussion.push(turn);
      else if (!given) missing.push(turn);
      else pairs.push([key[turn].code, given]);
    }
    const strange = new Set(pairs.flat().filter((code) => !codes.includes(code)));
    const order = [...codes, ...[...strange].sort()];
    const cells = confusion(pairs, order);
    return {
      compared: pairs.length,
      agreed: pairs.filter(([reference, learner]) => reference === learner).length,
      percent: percentAgreement(pairs),
      kappa: cohenKappa(pairs),
      missing,
      discussion,
      per_code: perCode(pairs, order),
      confusion: cells,
      next: practiseNext(cells),
    };
  }

  /** Counts for the whole session: questions, reflections (a summary counts as one) and their ratio. */
  function sessionFigures(coding) {
    const seen = tally(Object.values(coding));
    const open = seen.get("open-question") || 0;
    const closed = seen.get("closed-question") || 0;
    const reflections = (seen.get("reflection") || 0) + (seen.get("summary") || 0);
    const questions = open + closed;
    return { open, closed, questions, reflections, advice: seen.get("advice") || 0, ratio: questions === 0 ? null : reflections / questions };
  }

  ek.agreement = { percentAgreement, cohenKappa, perCode, confusion, practiseNext, compare, sessionFigures };
})((globalThis.engagekit = globalThis.engagekit || {}));
