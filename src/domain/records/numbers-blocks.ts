import type { MailBlock } from "../../mail/lay-out-mail.ts";
import { chanceWords } from "../../method/chance-words.ts";
import { goalHorizons } from "../../method/fiscal-calendar.ts";
import { inMoney } from "../../method/gain-words.ts";
import type { Ctx } from "../../platform/context.ts";
import { agendaOf } from "../agendas/agenda-queries.ts";
import { meetingForViewer } from "../meetings/meeting-access.ts";
import type { HorizonFigures, PersonNumbers } from "../numbers/stored-shape.ts";
import { storedNumbers } from "../numbers/stored-numbers-queries.ts";
import { fullDay } from "./record-days.ts";

/**
 * Where the rep stands, as a drawing and its figures, for the summary of a one-on-one that looks at results or the pipeline. Against
 * quota alone, and only what the manager of the one-on-one may read as well: own goals stay in the app, for whom they were said to.
 */
export async function numbersBlocks(ctx: Ctx, meetingId: string): Promise<MailBlock[]> {
  const { orgId } = ctx.viewer;
  const { meeting, sections } = await ctx.tx(async (db) => {
    const found = await meetingForViewer(db, ctx, meetingId);
    return { meeting: found, sections: (await agendaOf(db, orgId, found)).sections };
  });
  if (!sections.some(({ panel }) => panel === "results" || panel === "pipeline")) return [];
  const asManager = { orgId, personId: meeting.managerId, actor: "person" as const, now: ctx.clock.now() };
  const read = await ctx.database.as(asManager, (db) => storedNumbers(db, orgId, [meeting.repId]));
  const stored = read.get(meeting.repId)?.quota;
  if (!stored?.numbers.known) return [];
  const numbers = stored.numbers.value;
  const rows = goalHorizons.flatMap((horizon) => rowOf(numbers, numbers.horizons[horizon]));
  if (rows.length === 0) return [];
  const made = fullDay(stored.madeAt, meeting.timeZone);
  return [
    { h: "Where the numbers stand" },
    {
      p: `${meeting.repName}, ${made}: ${inMoney(numbers.open.minor, numbers.currency)} open in ${numbers.open.deals} ${numbers.open.deals === 1 ? "deal" : "deals"}. The bar is what is won of the quota; needed is what has to be open to reach it.`,
    },
    { table: { head: ["", "Won", "Quota", "Needed", "Chance"], rows } },
  ];
}

type Row = Extract<MailBlock, { table: unknown }>["table"]["rows"][number];

function rowOf({ currency }: PersonNumbers, { label, won, goal }: HorizonFigures): Row[] {
  if (!goal || goal.goalMinor <= 0) return [];
  const needed = goal.gapMinor <= 0 ? "reached" : goal.coverage.known ? inMoney(goal.coverage.value.neededMinor, currency) : "cannot tell";
  const chance = goal.gapMinor <= 0 ? "" : goal.chance.known ? chanceWords(goal.chance.value.chance) : "cannot tell";
  return [
    {
      cells: [label, inMoney(won.minor, currency), inMoney(goal.goalMinor, currency), needed, chance],
      share: Math.min(1, Math.max(0, won.minor / goal.goalMinor)),
    },
  ];
}
