/* How a learner is getting on, worked out from a catalogue and the record of attempts. The Python twin is
   engagekit.scoring.progress; both are held to tests/golden/progress.json. No document, clock or storage here. */
(function (ek) {
  "use strict";
  const state = ek.exerciseState;

  const FIELDS = ["attempt", "lens", "vignette", "content", "item", "answer", "at"];
  const TIME = /^(\d{4})-(\d{2})-(\d{2})T(\d{2}):(\d{2}):(\d{2})\.(\d{3})Z$/;

  /** Is this an event, as far as progress needs it to be? */
  function isEvent(value) {
    const whole = (text) => typeof text === "string" && text !== "" && !/\p{Surrogate}/u.test(text);
    return value !== null && typeof value === "object" && FIELDS.every((name) => whole(value[name])) && TIME.test(value.at);
  }

  /** A time as milliseconds since 1970. A month or day that does not exist runs on into the next. */
  function millis(at) {
    const [year, month, day, hour, minute, second, milli] = TIME.exec(at).slice(1).map(Number);
    const moment = new Date(0);
    moment.setUTCFullYear(year, month - 1, day); // Date.UTC would take the year 26 for 1926
    moment.setUTCHours(hour, minute, second, milli);
    return moment.getTime();
  }

  /** What was done at each exercise, in the catalogue's order. */
  function histories(catalogue, events) {
    const byExercise = new Map();
    for (const event of events) {
      const place = JSON.stringify([event.lens, event.vignette]);
      if (!byExercise.has(place)) byExercise.set(place, []);
      byExercise.get(place).push({ schema: ek.attempts.SCHEMA, ...Object.fromEntries(FIELDS.map((name) => [name, event[name]])) });
    }
    return catalogue.exercises.map((entry) => {
      const exercise = Object.assign({}, entry, { scheme: { codes: entry.scheme_codes } });
      const mine = byExercise.get(JSON.stringify([entry.lens, entry.id])) || [];
      const others = mine.filter((event) => event.content !== entry.content);
      const tries = state.attempts(exercise, mine);
      return { exercise, lens: entry.lens, retest: entry.use === "retest", tries, earlier: ek.attempts.attemptsOf(others), newest: tries[tries.length - 1] || null };
    });
  }

  const finished = (history, one) => state.isComplete(history.exercise, one);

  /** The answers that count. A retest shows nothing until its end, so before that nothing of it counts. */
  function counted(history, one) {
    return history.retest && !finished(history, one) ? {} : state.counted(history.exercise, one);
  }

  /** How far an attempt agrees with the key: {count, points, share}. */
  const total = (history, one) => state.total(history.exercise, counted(history, one));

  /** The histories of each lens, in the catalogue's order. */
  function byLens(found) {
    const lenses = new Map();
    for (const history of found) lenses.set(history.lens, [...(lenses.get(history.lens) || []), history]);
    return [...lenses.values()];
  }

  /** The items that are looked at code by code: not the replies, and not a case's other questions. */
  function coded({ exercise, lens }) {
    const kind = lens === "goal" ? "set" : "choice";
    const debated = (key) => Boolean(key.discussion) || (key.also || []).length > 0;
    return state
      .required(exercise)
      .filter((item) => item.kind === kind && !(lens === "stage" && item.choices.length > 0) && !debated(exercise.key[item.id] || {}));
  }

  /** The codes that the key gives an item. */
  function keyed(item, key) {
    return new Set(item.kind === "set" ? key.set : [key.code]);
  }

  /**
   * How often each code of a lens was keyed, given and agreed on, where it came up at all. The newest finished attempt
   * at each exercise is looked at; the newest one where none is finished.
   */
  function codes(lens) {
    const rows = new Map();
    for (const history of lens) {
      const ended = history.tries.filter((one) => finished(history, one));
      const newest = ended[ended.length - 1] || history.newest;
      const answers = newest ? counted(history, newest) : {};
      for (const item of coded(history)) {
        for (const { id, label } of state.choices(history.exercise, item)) {
          if (!rows.has(id)) rows.set(id, { code: id, label, keyed: 0, given: 0, agreed: 0 });
        }
        if (answers[item.id]) tally(rows, item, keyed(item, history.exercise.key[item.id]), answers[item.id]);
      }
    }
    return [...rows.values()].filter((row) => row.keyed > 0 || row.given > 0);
  }

  function tally(rows, item, theirs, answer) {
    const mine = new Set(item.kind === "set" ? answer.split(" ") : [ek.scoring.parts(answer).code]);
    for (const [id, row] of rows) {
      if (theirs.has(id)) row.keyed += 1;
      if (mine.has(id)) row.given += 1;
      if (theirs.has(id) && mine.has(id)) row.agreed += 1;
    }
  }

  function earlier({ exercise }, one) {
    return { attempt: one.id, vignette: exercise.id, title: exercise.title, at: one.last };
  }

  function attempt(history, one) {
    const { exercise } = history;
    const all = state.required(exercise).length;
    return Object.assign(earlier(history, one), { use: exercise.use, done: state.done(exercise, one), all, finished: finished(history, one) }, total(history, one));
  }

  function inTime(entries) {
    return entries.sort((a, b) => (a.at < b.at ? -1 : a.at > b.at ? 1 : 0));
  }

  /**
   * How a learner is getting on at the time `now` (a text): {lenses: [{lens, attempts, earlier, codes, retest_in}],
   * suggestions, unknown}. The same as engagekit.scoring.progress.progress.
   */
  function progress(catalogue, events, now) {
    const usable = events.filter(isEvent);
    const found = histories(catalogue, usable);
    const known = new Set(found.map(({ exercise }) => JSON.stringify([exercise.lens, exercise.id])));
    const strangers = usable.filter((event) => !known.has(JSON.stringify([event.lens, event.vignette])));
    const wait = catalogue.wait_days;
    const moment = millis(now);
    return {
      lenses: byLens(found).map((lens) => ({
        lens: lens[0].lens,
        attempts: inTime(lens.flatMap((each) => each.tries.map((one) => attempt(each, one)))),
        earlier: inTime(lens.flatMap((each) => each.earlier.map((one) => earlier(each, one)))),
        codes: codes(lens),
        retest_in: ek.progressNext.retestIn(lens, wait, moment),
      })),
      suggestions: ek.progressNext.suggestions(found, wait, moment),
      unknown: new Set(strangers.map((event) => JSON.stringify([event.lens, event.vignette, event.attempt]))).size,
    };
  }

  ek.progressState = { progress, millis, finished, total, byLens, coded, codes, keyed };
})((globalThis.engagekit = globalThis.engagekit || {}));
