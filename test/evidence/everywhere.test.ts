import { expect, test } from "vitest";
import { makeCommitment } from "../../src/domain/commitments/make-commitment.ts";
import { openMeeting } from "../../src/domain/meetings/open-meeting.ts";
import { closeMeeting } from "../../src/domain/records/close-meeting.ts";
import type { Ctx } from "../../src/platform/context.ts";
import { newId } from "../../src/platform/new-id.ts";
import { makeMeeting, makePair } from "../builders/company.ts";
import { makeHistories } from "../builders/histories.ts";
import { makeEvidence, makeProcess } from "../builders/processes.ts";
import { makeTestApp } from "../support/test-app.ts";
import { wordsOf } from "../support/words-of.ts";

const app = await makeTestApp();
const text = async (path: string, as: Ctx) => wordsOf(await (await app.request(path, { as })).text());
const both = /Engaging verified: Prospecting/;
const missing = "Missing: Customer accepted the meeting.";

/** A deal claimed ahead that is expected to close soon, moved since the pair last met, and promised about. */
async function world() {
  app.setNow("2026-03-02T09:00:00Z");
  const { company, manager, rep } = await makePair(app);
  await makeProcess(app, company, {
    stages: [{ stage: "Prospecting", verifiers: ["Customer accepted the meeting"] }, { stage: "Engaging" }],
    rules: [{ grade: "A", field: "closes within", number: 60 }],
  });
  const [deal = ""] = await makeHistories(app, company, [
    {
      steps: [
        { at: "2026-01-10T10:00Z", owner: rep, name: "Big one", stage: "Prospecting", amount: 100_000, close_on: "2026-03-20" },
        { at: "2026-02-27T10:00Z", stage: "Engaging" },
      ],
    },
  ]);
  const meeting = await makeMeeting(app, company, manager, rep, { kind: "deal-strategy", planned_start: "2026-03-02T10:00:00Z" });
  return { company, manager, rep, deal, meeting };
}

test("the preparation, the briefing, the news and the commitments all say what is verified beside what is claimed", async () => {
  const { manager, rep, deal, meeting } = await world();
  const preparation = await text(`/meetings/${meeting}/preparation`, rep);
  expect(preparation).toMatch(both);
  expect(preparation).toContain(missing);
  expect(await text(`/meetings/${meeting}/briefing`, manager)).toMatch(/from Prospecting to Engaging verified: Prospecting/);
  expect(await text(`/pipeline/since?rep=${rep.viewer.personId}`, manager)).toMatch(/from Prospecting to Engaging verified: Prospecting/);
  await openMeeting(manager, meeting);
  const commitment = { owner: "rep", words: "Call them", dueOn: "2026-03-09", hangsOn: "opportunity", hangsWords: "" } as const;
  await makeCommitment(rep, { ...commitment, id: newId(), meetingId: meeting, opportunityId: deal });
  expect(await text("/commitments", rep)).toMatch(/Big one · Engaging verified: Prospecting/);
  await closeMeeting(manager, meeting, "");
  expect(await text("/commitments", manager)).toMatch(/Big one · Engaging verified: Prospecting/);
  expect(await text(`/meetings/${meeting}/record`, rep)).toMatch(/Big one · Engaging verified: Prospecting/);
  const csv = await (await app.request("/commitments.csv", { as: rep })).text();
  expect(csv).toContain("Engaging,Prospecting,open");
});

test("the room shows the volume of each stage as claimed and as verified", async () => {
  const { manager, meeting } = await world();
  await openMeeting(manager, meeting);
  const room = await (await app.request(`/meetings/${meeting}/room`, { as: manager })).text();
  const sections = [...new Set([...room.matchAll(/room\?section=([0-9a-f-]{36})/g)].map(([, id]) => id))];
  const pages = await Promise.all(sections.map((id) => text(`/meetings/${meeting}/room?section=${id}`, manager)));
  expect(pages.join(" ")).toMatch(/Prospecting \$0 0 deals claimed; verified 1 deal, \$1,000/);
});

test("a deal is said to be backed only where the customer was asked for something and gave it", async () => {
  app.setNow("2026-03-02T09:00:00Z");
  const { company, rep } = await makePair(app);
  const process = await makeProcess(app, company, { stages: [{ stage: "Prospecting", verifiers: ["Met"] }, { stage: "Engaging" }] });
  const [first = "", second = ""] = await makeHistories(
    app,
    company,
    ["Prospecting", "Engaging"].map((stage) => ({ steps: [{ at: "2026-02-20T10:00Z", owner: rep, name: stage, stage }] })),
  );
  await makeEvidence(app, company, { opportunity: second, verifier: process.verifiers.get("Met"), by: rep });
  expect(await text(`/opportunities/${first}`, rep)).not.toContain(", backed by the customer");
  expect(await text(`/opportunities/${second}`, rep)).toContain("Engaging , backed by the customer");
});
