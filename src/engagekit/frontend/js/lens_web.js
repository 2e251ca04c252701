/* Web: ten areas of life at two dates, each scored from 1 to 5; then the web, and the distance travelled. */
(function (ek) {
  "use strict";
  const { el, heading, count } = ek.dom;
  const state = ek.exerciseState;

  const words = {
    noun: "score",
    code: "step",
    done: "given",
    verb: "Score",
    practice:
      "Give each area of life a score at the first conversation, and then at the second. Feedback comes at once. One step away from the reference counts half. With a person you would do this together, and the score would be theirs.",
    retest: "Give each area of life a score at both conversations.",
    basis: "The reference scores are the authors' reading of what was said. In a real web the person decides the score.",
  };

  const DATES = ["first", "second"];

  function name(view, item) {
    const { area, date } = placed(view.exercise, item.id);
    return area.title + ", " + view.exercise.body.dates[date];
  }

  /** The area and the date (0 or 1) that an item is about. */
  function placed(exercise, id) {
    const date = DATES.findIndex((each) => id.endsWith("-" + each));
    return { area: exercise.body.areas.find((each) => each.id === id.slice(0, -DATES[date].length - 1)), date };
  }

  function layout(view, row) {
    const { exercise } = view;
    const parts = DATES.map((date, index) => {
      const rows = exercise.body.areas.map((area) => {
        const said = el("div", { class: "ek-says ek-says-practitioner" }, el("p", { class: "ek-words" }, area[date]));
        return row(area.id + "-" + date, { title: area.title, name: area.title + ", " + exercise.body.dates[index], before: said, deeper: 1 });
      });
      const title = (index === 0 ? "The first conversation, " : "The second conversation, ") + exercise.body.dates[index];
      return el("section", { class: "ek-group" }, heading(view.level + 1, { class: "ek-group-title" }, title), el("ol", { class: "ek-transcript" }, rows));
    });
    return el("div", {}, parts);
  }

  /** Two webs, the learner's and the reference, and one table with the distance travelled. */
  function results(view) {
    const { exercise } = view;
    const { areas, dates, person } = exercise.body;
    const codes = state.order(exercise);
    const step = (code) => (code ? codes.indexOf(code) + 1 : null);
    const given = state.counted(exercise, view.attempt);
    const mine = DATES.map((date) => areas.map((area) => step(given[area.id + "-" + date])));
    const theirs = DATES.map((date) => areas.map((area) => step(exercise.key[area.id + "-" + date].code)));
    const titles = areas.map((area) => area.title);
    const webs = [
      ["Your scores", mine],
      ["The reference", theirs],
    ].map(([title, scores]) => {
      const label = title + " for " + person + ", as a web: " + dates.join(" and ") + ". The table below has the same numbers.";
      const series = scores.map((each, index) => ({ name: dates[index], scores: each }));
      return el("figure", { class: "ek-web-figure" }, el("figcaption", {}, title), ek.radar(titles, series, label));
    });
    return [
      heading(view.level + 2, {}, "The web, and the distance travelled"),
      el("p", { class: "ek-web-legend" }, el("span", { class: "ek-web-key ek-web-key-first" }, dates[0]), el("span", { class: "ek-web-key ek-web-key-second" }, dates[1])),
      el("div", { class: "ek-webs" }, webs),
      table(titles, mine, theirs, dates),
      el("p", {}, travelled(titles, theirs, person)),
      el("p", { class: "ek-aside" }, "A score tells how well an area is being managed, and not how serious its problems are. It is not a stage of change, though some of the words are the same."),
    ];
  }

  function table(titles, mine, theirs, dates) {
    const shown = (pair, index) => pair.map((scores) => scores[index] || "–").join(" to ");
    const moved = (pair, index) => (pair[0][index] && pair[1][index] ? signed(pair[1][index] - pair[0][index]) : "–");
    const rows = titles.map((title, index) =>
      el("tr", {}, el("th", { scope: "row" }, title), [shown(mine, index), moved(mine, index), shown(theirs, index), moved(theirs, index)].map((cell) => el("td", {}, cell)))
    );
    const head = el("tr", {}, ["Area", "You", "Moved", "Reference", "Moved"].map((word) => el("th", { scope: "col" }, word)));
    return el("table", { class: "ek-table ek-web-table" }, el("caption", {}, "Scores from " + dates[0] + " to " + dates[1]), el("thead", {}, head), el("tbody", {}, rows));
  }

  const signed = (number) => (number > 0 ? "+" + number : number < 0 ? "\u2212" + -number : "0");

  /** The distance travelled in a sentence. A step back is told as plainly as a step on. */
  function travelled(titles, [before, after], person) {
    const steps = titles.map((title, index) => [title, after[index] - before[index]]);
    const on = steps.filter((step) => step[1] > 0);
    const back = steps.filter((step) => step[1] < 0).map((step) => step[0].toLowerCase());
    const most = Math.max(0, ...on.map((step) => step[1]));
    const furthest = on.filter((step) => step[1] === most).map((step) => step[0].toLowerCase());
    const parts = ["By the reference, " + person + " moved on in " + count(on.length, "area") + (furthest.length > 0 && furthest.length < 4 ? ", furthest in " + ek.dom.listed(furthest) : "") + "."];
    if (back.length > 0) parts.push("There was a step back in " + ek.dom.listed(back) + ". That is something to talk about and not a failure.");
    return parts.join(" ");
  }

  ek.lenses.web = { words, layout, name, results, codes: true, first: true };
})((globalThis.engagekit = globalThis.engagekit || {}));
