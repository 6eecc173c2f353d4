import { scaleLinear } from "d3-scale";
import type { AgainstTarget, TargetRow } from "../../domain/goals/volume-against-targets.ts";
import { goalHorizons } from "../../method/fiscal-calendar.ts";
import { shortMoney } from "../../parts/words.ts";
import type { PipelineData } from "./pipeline-data.ts";

/** Won and open volume of month, quarter and year against quota and own goal: of one rep, or by name of several and together. */
export function AgainstTargets({ data }: { data: PipelineData }) {
  const { targets, currency, isVerified, rep, of, me } = data;
  const first = targets[0];
  const isSet = targets.some(({ horizons }) => goalHorizons.some((one) => horizons[one].quota !== null || horizons[one].goal !== null));
  if (!first || !isSet) return null;
  const nameOf = new Map([...data.tree, ...data.groups.map(({ key, name }) => ({ id: key, name }))].map(({ id, name }) => [id, name]));
  return (
    <section class="sheet against" aria-labelledby="against">
      <div class="pad">
        <h2 id="against">Open volume against {hasGoal(targets) ? "quota and own goal" : "quota"}</h2>
        <p class="muted">
          What is won, and what is open and expected to close by the end of each period
          {isVerified && "; the darker part is backed by the customer"}.{" "}
          {targets.length > 1 ? "By name, not by figures." : "Not all of it will be won: the quota is met only by what closes."}
          {rep && (
            <>
              {" "}
              <a href={`/people/${rep.id}/coverage`} target="_top">
                What {of.id === me ? "your" : "their"} own numbers need
              </a>
            </>
          )}
        </p>
      </div>
      <div class="scroll" tabindex={0} role="region" aria-label="Open volume by name and horizon">
        <table>
          <thead>
            <tr>
              {targets.length > 1 && <th scope="col">Whose</th>}
              {goalHorizons.map((horizon) => (
                <th scope="col">{first.horizons[horizon].label}</th>
              ))}
            </tr>
          </thead>
          <tbody>
            {targets.map(({ key, horizons }) => (
              <tr>
                {targets.length > 1 && <th scope="row">{key === "together" ? "Together" : (nameOf.get(key) ?? "")}</th>}
                {goalHorizons.map((horizon) => (
                  <td>
                    <Cell against={horizons[horizon]} currency={currency} isVerified={isVerified} />
                  </td>
                ))}
              </tr>
            ))}
          </tbody>
        </table>
      </div>
    </section>
  );
}

const hasGoal = (targets: readonly TargetRow[]): boolean =>
  targets.some(({ horizons }) => goalHorizons.some((one) => horizons[one].goal !== null));

const width = 200;

function Cell({ against, currency, isVerified }: { against: AgainstTarget; currency: string; isVerified: boolean }) {
  const { won, open, backed, quota, goal } = against;
  const money = (minor: number) => shortMoney(minor, currency);
  const x = scaleLinear([0, Math.max(1, won + open, quota ?? 0, goal ?? 0)], [0, width]);
  const at = (minor: number) => Math.round(x(minor) * 10) / 10;
  return (
    <>
      <svg width="100%" height="16" viewBox={`0 0 ${width} 16`} preserveAspectRatio="none" aria-hidden="true">
        <rect class="bar-back" y="3" width={width} height="10" />
        <rect class="bar claimed" y="3" width={at(won + open)} height="10" />
        {isVerified && <rect class="bar verified" y="3" width={at(won + backed)} height="10" />}
        <rect class="bar won" y="3" width={at(won)} height="10" />
        {quota !== null && <rect class="mark" x={Math.min(at(quota), width - 2)} width="2" height="16" />}
        {goal !== null && <rect class="mark own" x={Math.min(at(goal), width - 2)} width="2" height="16" />}
      </svg>
      <div>
        {money(won)} won, <b>{money(open)}</b> open{isVerified && `, ${money(backed)} of it backed`}
      </div>
      <div class="small muted">
        {[quota === null ? "no quota" : `quota ${money(quota)}`, ...(goal === null ? [] : [`own goal ${money(goal)}`])].join(", ")}
      </div>
      <Short against={against} money={money} isVerified={isVerified} />
    </>
  );
}

/** Whether it could be reached out of what is open at all. */
function Short({ against, money, isVerified }: { against: AgainstTarget; money: (minor: number) => string; isVerified: boolean }) {
  const target = against.goal ?? against.quota;
  if (target === null) return null;
  const { won, open, backed } = against;
  const name = against.goal === null ? "quota" : "goal";
  if (won >= target) return <div class="small backed">{name} reached</div>;
  if (won + open < target) return <div class="small late">{money(target - won - open)} short even if all of it closes</div>;
  if (isVerified && won + backed < target)
    return (
      <div class="small muted">
        {money(target - won - backed)} short of the {name} with what is backed
      </div>
    );
  return <div class="small muted">{isVerified ? "enough is backed, if it closes" : "enough is open, if it closes"}</div>;
}
