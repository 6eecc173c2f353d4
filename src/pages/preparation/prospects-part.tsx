import { dealWords } from "../../parts/deal-words.ts";
import type { Prospect } from "../../domain/prospects/prospect-queries.ts";
import { newsWords, prospectFacts } from "../../parts/prospect-words.ts";
import { StageLine } from "../../parts/stage-cell.tsx";
import { StoryFields, StoryText } from "../../parts/story-panel.tsx";
import { count, dayIn, firstName, shortDay } from "../../parts/words.ts";
import type { Wrong } from "./own-numbers.tsx";
import type { PreparationData } from "./preparation-data.ts";

interface Props {
  data: PreparationData;
  wrong: Wrong;
}

/** The deals to go through: what is written stands there already, so that only what changed needs typing. */
export function ProspectsPart({ data, wrong }: Props) {
  const { prospects, meeting } = data;
  if (!prospects) return null;
  const open = prospects.list.filter(({ reviewedAt }) => !reviewedAt).length;
  return (
    <section class="sheet pad stack" aria-labelledby="prospects">
      <div>
        <h2 id="prospects">Prospects</h2>
        <p class="muted">
          {prospects.list.length === 0
            ? "No deal of yours is ready to be closed. Choose one that you want to talk through."
            : open === 0
              ? "Gone through."
              : `${count(open, "deal")} to go through. What you wrote last time stands there: change what is no longer true.`}
        </p>
        <p class="small muted">
          {firstName(meeting.managerName)} can read these stories at any time, and write into them with you in the one-on-one.
        </p>
      </div>
      {prospects.list.map((prospect) => (
        <ProspectCard prospect={prospect} data={data} wrong={wrong} />
      ))}
      {prospects.others.length > 0 && <Choose data={data} />}
    </section>
  );
}

function ProspectCard({ prospect, data, wrong }: Props & { prospect: Prospect }) {
  const { opportunityId: id, story } = prospect;
  const since = data.prospects?.since;
  const zone = data.meeting.timeZone;
  const isWrong = Object.keys({ ...wrong.errors, ...wrong.typed }).some((name) => name.startsWith(`story ${id}`));
  return (
    <article class="prospect stack tight" aria-labelledby={`prospect-${id}`}>
      <div class="spread">
        <h3 id={`prospect-${id}`}>
          <a href={`/opportunities/${id}`}>{prospect.name}</a> {prospect.grade && <span class="tag">{prospect.grade}</span>}
        </h3>
        {prospect.isChosen && prospect.grade !== "A" && (
          <button
            class="link small"
            formaction={`/meetings/${data.meeting.id}/preparation/prospects/${id}/take-away`}
            aria-label={`Take away: ${prospect.name}`}
          >
            Take away
          </button>
        )}
      </div>
      <p class="small muted">
        <StageLine claimed={prospect.stage} verified={prospect.verified} full /> · {prospectFacts(prospect)}
      </p>
      {since && <p class="small">{newsWords(prospect.news, shortDay(dayIn(since, zone)), prospect.currency)}</p>}
      <StoryText story={story} />
      <input type="hidden" name={`was reviewed ${id}`} value={prospect.reviewedAt ? "yes" : ""} data-no-autosave />
      {story.changedAt ? (
        <label class="still-true">
          <input type="checkbox" name={`reviewed ${id}`} value="yes" checked={prospect.reviewedAt !== null} data-version="0" />
          {prospect.reviewedAt ? "Gone through" : `Unchanged since ${shortDay(dayIn(story.changedAt, zone))}: still true`}
        </label>
      ) : (
        <p class="watch-words small">Nothing is written yet.</p>
      )}
      <details open={story.changedAt === null || isWrong}>
        <summary>{story.changedAt ? "Bring it up to date" : "Write its story"}</summary>
        <StoryFields story={story} wrong={wrong} />
      </details>
    </article>
  );
}

function Choose({ data }: { data: PreparationData }) {
  return (
    <div class="row choose-prospect">
      <label for="choose-prospect">Another deal to go through</label>
      <select id="choose-prospect" name="choose" data-no-autosave>
        <option value="">Choose one</option>
        {data.prospects?.others.map((deal) => (
          <option value={deal.opportunityId}>
            {deal.grade && `${deal.grade}: `}
            {dealWords({ name: deal.name, accountName: deal.account, productName: deal.product })}
          </option>
        ))}
      </select>
      <button class="btn" formaction={`/meetings/${data.meeting.id}/preparation/prospects`}>
        Add it
      </button>
    </div>
  );
}
