import type { RolePlay, RolePlayLine } from "../role-plays/role-play-queries.ts";
import { contactsAt, fill } from "./deal-words.ts";
import { idOf } from "./random.ts";
import { plays, type PlayWords } from "./role-play-words.ts";
import { instant, minute, randomFor, type Setting } from "./setting.ts";
import type { Scene } from "./talk.ts";

/** How often something is played: coaching is for it, and a deal strategy has five minutes. */
const often = { "skill-coaching": 0.85, "deal-strategy": 0.35, "weekly-hour": 0.2 } as const;

/** The role-plays of a one-on-one that was held. */
export function addRolePlays(setting: Setting, { meeting, moving }: Scene): RolePlay[] {
  const random = randomFor(`role-play ${meeting.key}`);
  const share = often[meeting.kind.slug as keyof typeof often] ?? 0;
  if (meeting.rep.role !== "rep" || !random.chance(share)) return [];
  const deal = moving[0]?.deal;
  const isCoaching = meeting.kind.slug === "skill-coaching";
  const words = random.pick(plays.filter(({ skill }) => (isCoaching || !deal ? skill : !skill)));
  const createdAt = meeting.closedAt - random.int(10, 16) * minute;
  const id = idOf(`role-play ${meeting.key}`, createdAt);
  const about = words.skill ?? deal?.name ?? "The next call";
  const opportunityId = words.skill ? null : (deal?.id ?? null);
  const isDone = random.chance(0.9);
  setting.rows.add("role_play", {
    id,
    meeting_id: meeting.id,
    opportunity_id: opportunityId,
    about,
    by_id: meeting.manager.id,
    created_at: instant(createdAt),
    done_at: isDone ? instant(meeting.closedAt - 6 * minute) : null,
    withdrawn_at: null,
  });
  const [contact = "the buyer", other = "purchasing"] = deal ? contactsAt(deal.account) : [];
  const values = { contact, other, account: deal?.account.name ?? "the customer" };
  const lines = new Map<string, RolePlayLine>();
  for (const [index, [part, said]] of partsOf(words, isDone).entries()) {
    const by = /^(situation|reply|try)/.test(part) ? meeting.rep : meeting.manager;
    const filled = fill(said, values);
    const at = instant(createdAt + (index + 1) * 20_000);
    setting.rows.add("role_play_line", { role_play_id: id, meeting_id: meeting.id, part, words: filled, version: 1, by_id: by.id, at });
    lines.set(part, { words: filled, version: 1, byName: by.name });
  }
  const doneAt = isDone ? instant(meeting.closedAt - 6 * minute) : null;
  return [{ id, opportunityId, about, byId: meeting.manager.id, byName: meeting.manager.name, doneAt, lines }];
}

const partsOf = ({ situation, branches, tries, feedback }: PlayWords, isDone: boolean): [part: string, words: string][] => {
  const parts: [string, string][] = [
    ["situation", situation],
    ...branches.flatMap(([answer, reply], index): [string, string][] => [
      [`answer ${index + 1}`, answer],
      [`reply ${index + 1}`, reply],
    ]),
    ...tries.flatMap(([how, polished], index): [string, string][] => [
      [`try ${index + 1}`, how],
      [`polished ${index + 1}`, polished],
    ]),
    ["feedback", isDone ? feedback : ""],
  ];
  return parts.filter(([, words]) => words !== "");
};
