import type { Process } from "../../domain/processes/process-queries.ts";
import { gradeLines } from "./rule-words.ts";

/** What makes a prospect an A, a B or a C. */
export const GradeLines = ({ process, currency }: { process: Pick<Process, "rules" | "stages">; currency: string }) => (
  <dl class="facts">
    {gradeLines(process, currency).map(({ grade, words }) => (
      <>
        <dt>
          <b>{grade}</b>
        </dt>
        <dd>{words}</dd>
      </>
    ))}
  </dl>
);
