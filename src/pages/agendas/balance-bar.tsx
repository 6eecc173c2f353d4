import type { AgendaBalance } from "../../method/agenda-balance.ts";
import { shareWords } from "./agenda-words.ts";

/** How the planned time divides into past, present and future. */
export function BalanceBar({ balance }: { balance: AgendaBalance }) {
  const { past, present, future } = balance;
  return (
    <div class="balance small muted">
      <svg class="meter" viewBox="0 0 100 8" preserveAspectRatio="none" aria-hidden="true">
        <rect class="past" x="0" y="0" width={past} height="8" />
        <rect class="present" x={past} y="0" width={present} height="8" />
        <rect class="future" x={past + present} y="0" width={future} height="8" />
      </svg>
      <span>{shareWords(balance)}</span>
    </div>
  );
}
