import { FiguresTable } from "../../parts/figures-table.tsx";
import { count, list, money } from "../../parts/words.ts";
import type { PipelineData } from "./pipeline-data.ts";
import { pipelineLink } from "./pipeline-query.ts";

/** Of more people than these the table would be longer than anybody reads: there is one of each manager's own. */
const mostNamed = 200;

/** Claimed ahead of verified, by rep and by name: how many deals, by how much, for how long. Never in the order of the figures. */
export function AheadByRep({ data }: { data: PipelineData }) {
  const { ahead, tree, asked } = data;
  if (!ahead || !data.list || tree.length > mostNamed) return null;
  if (!data.isVerified && data.list.counts.all > 0)
    return (
      <p class="pad small muted">
        Nothing is asked of the customer{data.shown.isToday ? " yet" : " on that day"}, so no stage is verified.{" "}
        <a href="/process" target="_top">
          See the sales process
        </a>
      </p>
    );
  if (data.list.counts.ahead === 0) return null;
  const isDated = data.list.ahead !== undefined;
  const rows = tree.flatMap(({ id, name }) => {
    const found = ahead.get(id);
    return found && found.open > 0 ? [{ ...found, name }] : [];
  });
  return (
    <section class="sheet by-name" aria-labelledby="ahead-title">
      <div class="pad">
        <h2 id="ahead-title">Claimed ahead of verified</h2>
        <p class="muted">
          Deals in a stage before which the customer has not given all that is asked. By name: it is a reason to talk, not a score.
        </p>
      </div>
      <FiguresTable
        label="Claimed ahead of verified, by rep"
        first="Rep"
        numbers={["Open deals", "Claimed ahead", "Worth", ...(isDated ? ["The longest for"] : [])]}
      >
        {rows.map(({ ownerId, name, open, deals, sums, longestDays }) => (
          <tr>
            <td>{deals > 0 ? <a href={pipelineLink(asked, { rep: ownerId, manager: "", view: "", only: "ahead" })}>{name}</a> : name}</td>
            <td class="num">{open.toLocaleString("en-US")}</td>
            <td class="num">{deals.toLocaleString("en-US")}</td>
            <td class="num">{deals > 0 ? list(sums.map(({ currency, minor }) => money(minor, currency))) : "–"}</td>
            {isDated && <td class="num">{deals > 0 ? count(longestDays ?? 0, "day") : "–"}</td>}
          </tr>
        ))}
      </FiguresTable>
    </section>
  );
}
