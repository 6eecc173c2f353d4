import type { PlaceToPromise } from "../../domain/commitments/promise-verifier.ts";
import type { Toll } from "../../method/verified-stage.ts";
import { firstName, shortDay } from "../../parts/words.ts";
import { newId } from "../../platform/new-id.ts";

interface Props {
  opportunityId: string;
  toll: Toll;
  /** Where it will be written down; without one nothing is shown. */
  place: PlaceToPromise | undefined;
  /** A path of ours to come back to; the deal unless said otherwise. */
  back?: string;
  /** The one to make first: its button stands out. */
  isFirst?: boolean;
}

/** One click makes the missing verifier a promise of the rep until the next one-on-one; owner and day can be chosen before. */
export function PromiseForm({ opportunityId, toll, place, back, isFirst = true }: Props) {
  if (!place) return null;
  const { meeting, dueOn } = place;
  const id = `promise-${opportunityId}-${toll.verifierId}`;
  return (
    <form method="post" action={`/opportunities/${opportunityId}/promise`} class="row">
      <input type="hidden" name="id" value={newId()} />
      <input type="hidden" name="verifierId" value={toll.verifierId} />
      {back && <input type="hidden" name="back" value={back} />}
      <button class={isFirst ? "btn primary" : "btn"} aria-label={`Make it a promise: ${toll.words}`}>
        Make it a promise
      </button>
      <details>
        <summary class="small muted">
          {firstName(meeting.repName)}, by {shortDay(dueOn)}
        </summary>
        <div class="fields narrow">
          <div class="field">
            <label for={`${id}-owner`}>Who</label>
            <select id={`${id}-owner`} name="owner">
              <option value="rep">{meeting.repName}</option>
              <option value="manager">{meeting.managerName}</option>
            </select>
          </div>
          <div class="field">
            <label for={`${id}-due`}>By</label>
            <input id={`${id}-due`} type="date" name="dueOn" value={dueOn} required />
          </div>
        </div>
      </details>
    </form>
  );
}
