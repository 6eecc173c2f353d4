import { expect, test } from "vitest";
import { draftFromReadyMade, draftFromStages } from "../../src/domain/processes/process-draft.ts";
import { readyMadeProcesses } from "../../src/domain/processes/ready-made-processes.ts";

const transactional = readyMadeProcesses.find(({ slug }) => slug === "transactional");
const likely = (stages: { id: string; name: string; chance?: number }[]) => {
  if (!transactional) throw new Error("the ready-made process is gone");
  return draftFromReadyMade(transactional, stages).stages.map(({ probability }) => Number(probability));
};

test("a stage that stands for several of a ready-made process is as likely as they are between them, not as the last", () => {
  expect(
    likely([
      { id: "1", name: "Prospecting" },
      { id: "2", name: "Engaging" },
    ]),
  ).toEqual([10, 60]);
});

test("what the CRM said of its stages goes before what is ready-made", () => {
  const stages = [
    { id: "1", name: "First contact", chance: 5 },
    { id: "2", name: "Offer", chance: 45 },
    { id: "3", name: "Decision" },
  ];
  expect(likely(stages)).toEqual([5, 45, 85]);
  expect(draftFromStages(stages).stages.map(({ probability }) => probability)).toEqual(["5", "45", "90"]);
});
