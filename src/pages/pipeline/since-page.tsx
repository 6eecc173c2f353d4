import type { OpenWorth } from "../../domain/preparations/briefing-queries.ts";
import { Head, Shell } from "../../parts/shell.tsx";
import { count, dayIn, firstName, fullDay, list, money, shortDay } from "../../parts/words.ts";
import type { Request } from "../../platform/http.ts";
import { isQuiet, NewsLists } from "../briefing/news-part.tsx";
import type { SinceData } from "./since-data.ts";

interface Props {
  c: Request;
  data: SinceData;
  me: string;
  zone: string;
}

/** A sum of nothing is no worth: the deals have no amount yet. */
function worthWords(open: readonly OpenWorth[]): string {
  if (open.length === 0) return "nothing open";
  const deals = count(
    open.reduce((sum, one) => sum + one.count, 0),
    "open deal",
  );
  const worth = open.filter(({ sum }) => sum !== 0).map(({ sum, currency }) => money(sum, currency));
  return worth.length > 0 ? `${deals}, ${list(worth)}` : `${deals} without an amount`;
}

/** What has become of one rep's pipeline since the pair last met. */
export function SincePage({ c, data, me, zone }: Props) {
  const { rep, last, since, shown, news } = data;
  const isOwn = rep.id === me;
  const day = fullDay(dayIn(since, zone));
  const whom =
    last && isOwn
      ? `you and ${last.managerName}`
      : last?.managerId === me
        ? `you and ${firstName(rep.name)}`
        : `${firstName(rep.name)} and ${last?.managerName ?? ""}`;
  return (
    <Shell c={c} title="Since you last met" current="pipeline">
      <Head
        title={isOwn ? "Since you last met" : `Since you last met: ${rep.name}`}
        lead={
          last
            ? `Since ${whom} met on ${day} (${last.kindName}).`
            : `No one-on-one has been held yet: these are the last thirty days, since ${day}.`
        }
        readers={isOwn ? "You and those you report to can see this." : `${rep.name} and those above can see this.`}
      >
        <a class="btn" href={isOwn ? "/pipeline" : `/pipeline?rep=${rep.id}`}>
          {isOwn ? "Your pipeline" : `${firstName(rep.name)}’s pipeline`}
        </a>
      </Head>
      {shown.problem && (
        <div class="notice watch" role="alert">
          {shown.problem}
        </div>
      )}
      <Choose data={data} isOwn={isOwn} zone={zone} />
      <dl class="sheet strip then-and-now">
        <div>
          <dt>Then</dt>
          <dd>{worthWords(data.openThen)}</dd>
        </div>
        <div>
          <dt>{shown.isToday ? "Now" : fullDay(shown.day)}</dt>
          <dd>{worthWords(data.openNow)}</dd>
        </div>
      </dl>
      <section class="sheet pad since" aria-labelledby="changed">
        <h2 id="changed" class="visually-hidden">
          What has changed
        </h2>
        {isQuiet(news) && <p>Nothing has changed since.</p>}
        <NewsLists news={news} most={200} verified={data.verified} zone={zone} />
      </section>
    </Shell>
  );
}

function Choose({ data: { met, last, rep, shown }, isOwn, zone }: { data: SinceData; isOwn: boolean; zone: string }) {
  return (
    <form class="filters no-print" action="/pipeline/since" method="get" data-sends-itself>
      {!isOwn && <input type="hidden" name="rep" value={rep.id} />}
      {met.length > 0 && (
        <div class="field">
          <label for="f-meeting">Since the one-on-one of</label>
          <select id="f-meeting" name="meeting">
            {met.map(({ id, heldAt, kindName }) => (
              <option value={id} selected={id === last?.id}>
                {shortDay(dayIn(heldAt, zone))}, {kindName}
              </option>
            ))}
          </select>
        </div>
      )}
      <div class="field">
        <label for="until">Until the end of</label>
        <input id="until" type="date" name="asOf" value={shown.day} max={shown.today} />
      </div>
      <button class="btn">Show</button>
    </form>
  );
}
