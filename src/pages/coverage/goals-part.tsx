import type { Commitment } from "../../domain/commitments/commitment-queries.ts";
import { firstName, shortDay } from "../../parts/words.ts";
import { newId } from "../../platform/new-id.ts";

interface Props {
  goals: readonly Commitment[];
  me: string;
}

/** Coaching goals in hand: agreed, or a question that waits for its answer. */
export function GoalsPart({ goals, me }: Props) {
  if (goals.length === 0) return null;
  return (
    <section class="sheet" aria-labelledby="goals">
      <h2 class="pad" id="goals">
        Coaching goals
      </h2>
      {goals.map((goal) => (
        <div class="promise">
          <div class="spread">
            <b>{goal.words}</b>
            <span class="tag">by {shortDay(goal.dueOn)}</span>
          </div>
          {goal.hangsWords && <div class="small muted">{goal.hangsWords}</div>}
          <GoalAnswer goal={goal} me={me} back={`/people/${goal.repId}/coverage`} />
        </div>
      ))}
    </section>
  );
}

/** The answer to a goal: what it is, or, for whoever's turn it is, the way to give it. */
export function GoalAnswer({ goal, me, back }: { goal: Commitment; me: string; back: string }) {
  const { repConfirmedAt, managerConfirmedAt } = goal;
  if (repConfirmedAt && managerConfirmedAt)
    return (
      <div>
        <span class="tag kept">Agreed</span>
      </div>
    );
  const isMyTurn = (goal.repId === me && !repConfirmedAt) || (goal.managerId === me && !managerConfirmedAt);
  if (isMyTurn && goal.ownerId === me && goal.repId === me) return <RepAnswers goal={goal} back={back} />;
  if (isMyTurn)
    return (
      <form method="post" action={`/commitments/${goal.id}/agree`}>
        <input type="hidden" name="back" value={back} />
        <button class="btn primary" aria-label={`Agree to it: ${goal.words}`}>
          Agree to it
        </button>
      </form>
    );
  const waiting = repConfirmedAt
    ? "The manager has not agreed yet"
    : `Waiting for ${goal.ownerId === goal.repId ? firstName(goal.ownerName) : "the rep"}’s yes`;
  return (
    <div>
      <span class="tag watch">{waiting}</span>
    </div>
  );
}

function RepAnswers({ goal, back }: { goal: Commitment; back: string }) {
  return (
    <div class="stack tight">
      <form method="post" action={`/commitments/${goal.id}/agree`} class="row">
        <input type="hidden" name="back" value={back} />
        <span class="q">Will you?</span>
        <button class="btn primary" aria-label={`Yes, I will: ${goal.words}`}>
          Yes, I will
        </button>
      </form>
      <details>
        <summary class="small">No, rather…</summary>
        <form method="post" action={`/commitments/${goal.id}/rather`} class="stack tight" data-draft={`rather ${goal.id}`}>
          <input type="hidden" name="back" value={back} />
          <input type="hidden" name="id" value={newId()} />
          <div class="field">
            <label for={`rather-${goal.id}`}>What would you rather do by {shortDay(goal.dueOn)}?</label>
            <textarea id={`rather-${goal.id}`} name="words" rows={2} maxlength={2000} required></textarea>
          </div>
          <div>
            <button class="btn">I will do this instead</button>
          </div>
        </form>
      </details>
    </div>
  );
}
