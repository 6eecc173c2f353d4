import { expect, test } from "vitest";
import { closeMeeting } from "../../src/domain/records/close-meeting.ts";
import { noteOpportunity } from "../../src/domain/meetings/listed-opportunities.ts";
import { openMeeting } from "../../src/domain/meetings/open-meeting.ts";
import type { Ctx } from "../../src/platform/context.ts";
import { makeMeeting, makePair } from "../builders/company.ts";
import { makeHistories } from "../builders/histories.ts";
import { makeEvidence, makeProcess } from "../builders/processes.ts";
import { makeTestApp } from "../support/test-app.ts";

const app = await makeTestApp();
const text = async (path: string, as: Ctx) => (await app.request(path, { as })).text();

test("a deal claimed ahead is named in the briefing, promised in the room, and stands in the record as it was then", async () => {
  const { company, manager, rep } = await makePair(app);
  const process = await makeProcess(app, company, {
    stages: [{ stage: "Prospecting", verifiers: ["Customer accepted the meeting"] }, { stage: "Engaging" }],
  });
  const verifier = process.verifiers.get("Customer accepted the meeting");
  const [deal = ""] = await makeHistories(app, company, [
    {
      steps: [
        { at: "2026-02-25T10:00Z", owner: rep, name: "Big one", stage: "Prospecting", amount: 100_000 },
        { at: "2026-02-27T10:00Z", stage: "Engaging" },
      ],
    },
  ]);
  const meeting = await makeMeeting(app, company, manager, rep);
  const briefing = await text(`/meetings/${meeting}/briefing`, manager);
  expect(briefing).toContain("Claimed ahead of the customer");
  expect(briefing).toContain('verified: Prospecting</span><span class="muted"> Missing: Customer accepted the meeting.');
  expect(briefing).toContain("Make it a promise");
  await openMeeting(manager, meeting);
  const sections = [...(await text(`/meetings/${meeting}/room`, manager)).matchAll(/room\?section=([0-9a-f-]{36})/g)].map(([, id]) => id);
  const pages = await Promise.all([...new Set(sections)].map((id) => text(`/meetings/${meeting}/room?section=${id}`, manager)));
  const panel = pages.find((html) => html.includes("Make it a promise")) ?? "";
  expect(panel).toContain("verified: Prospecting");
  const [, form = ""] = /<form method="post" action="\/opportunities\/[^"]*\/promise"[^>]*>(.*?)<\/form>/s.exec(panel) ?? [];
  const fields = Object.fromEntries([...form.matchAll(/name="(\w+)" value="([^"]*)"/g)].map(([, name = "", value = ""]) => [name, value]));
  const made = await app.request(`/opportunities/${deal}/promise`, { as: manager, form: { ...fields, owner: "rep" } });
  expect(made.headers.get("location")).toMatch(new RegExp(`^/meetings/${meeting}/room\\?section=`));
  expect(await text(made.headers.get("location") ?? "", manager)).toContain("It is a promise already.");
  await noteOpportunity(manager, { meetingId: meeting, opportunityId: deal, list: "existing", words: "They like it.", version: 0 });
  await closeMeeting(manager, meeting, "");
  app.setNow("2026-03-04T09:00:00Z");
  await makeEvidence(app, company, { opportunity: deal, verifier, by: rep });
  expect(await text(`/opportunities/${deal}`, rep)).not.toContain("stage ahead of the customer");
  expect(await text(`/meetings/${meeting}/record`, manager)).toContain("verified: Prospecting");
});
