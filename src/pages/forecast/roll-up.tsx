import { wordHorizons, type WordHorizon } from "../../domain/own-words/own-word-queries.ts";
import { FiguresTable } from "../../parts/figures-table.tsx";
import { wholeMoney } from "../../parts/words.ts";
import type { Figures, Said } from "./add-up.ts";
import type { ForecastData, Line } from "./forecast-data.ts";

/** One level down, by name: never in the order of the figures. Each line leads to the same page of that person. */
export function RollUp({ data, shown }: { data: ForecastData; shown: WordHorizon }) {
  const { lines, of, me } = data;
  const title = lines.some(({ isTeam }) => isTeam) ? "By manager" : "By person";
  return (
    <section class="sheet" aria-labelledby="roll-up">
      <div class="pad spread">
        <h2 id="roll-up">{title}</h2>
        <nav class="row" aria-label="Period">
          {wordHorizons.map((horizon) => (
            <a href={link(data, horizon)} aria-current={horizon === shown ? "true" : undefined}>
              {data.periods[horizon].label}
            </a>
          ))}
        </nav>
      </div>
      <FiguresTable
        label={`${title}, ${data.periods[shown].label}`}
        first="Name"
        numbers={["Won so far", "Claimed", "Verified", "Own word", "Model", "Quota"]}
      >
        {lines
          .filter(({ horizons }) => horizons.includes(shown))
          .map((line) => (
            <LineRow line={line} shown={shown} currency={data.currency} />
          ))}
        <tr class="sum">
          <th scope="row">{of.id === me ? "Everybody of yours" : `Everybody of ${of.name}’s`}</th>
          <Cells figures={data.figures[shown]} currency={data.currency} />
        </tr>
      </FiguresTable>
      <p class="pad small muted">{`Own words are those of the people who sell, added up. By name, in no order of merit.${
        lines.some(({ hasLeft }) => hasLeft) ? " Whoever left within the time shown stays in its sums." : ""
      }`}</p>
    </section>
  );
}

const link = ({ of, me }: ForecastData, horizon: WordHorizon): string =>
  `/forecast?${of.id === me ? "" : `person=${of.id}&`}period=${horizon}#roll-up`;

const LineRow = ({ line, shown, currency }: { line: Line; shown: WordHorizon; currency: string }) => (
  <tr>
    <th scope="row">
      {line.hasLeft ? line.name : <a href={`/forecast?person=${line.id}${shown === "quarter" ? "&period=quarter" : ""}`}>{line.name}</a>}
      {line.hasLeft && <span class="small muted"> has left</span>}
      {line.isTeam && <span class="small muted">{` and ${line.people.toLocaleString("en-US")}`}</span>}
    </th>
    <Cells figures={line.figures[shown]} currency={currency} />
  </tr>
);

function Cells({ figures, currency }: { figures: Figures; currency: string }) {
  const { won, claimed, verified, word, model, quota, wordsOf, sellers } = figures;
  const cell = (said: Said | null) => <td class="num">{said ? wholeMoney(said.minor, currency) : <None />}</td>;
  return (
    <>
      <td class="num">{won === null ? <None /> : wholeMoney(won, currency)}</td>
      {cell(claimed)}
      {cell(verified)}
      <td class="num">
        {word ? wholeMoney(word.minor, currency) : <None />}
        {word && wordsOf < sellers && <div class="small muted">{`${wordsOf} of ${sellers}`}</div>}
      </td>
      {cell(model)}
      <td class="num">{quota === null ? <None /> : wholeMoney(quota, currency)}</td>
    </>
  );
}

const None = () => (
  <span class="muted">
    <span aria-hidden="true">–</span>
    <span class="visually-hidden">none</span>
  </span>
);
