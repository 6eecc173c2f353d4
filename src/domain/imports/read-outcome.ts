import { plainKey } from "./import-fields.ts";

export type Outcome = "open" | "won" | "lost";

/** What a name says of how a deal ended, and whether it says it outright. */
export interface Guess {
  outcome: Outcome;
  isSure: boolean;
}

const words = (text: string): Set<string> => new Set(text.split(/\s+/).map(plainKey).filter(Boolean));

// English, German and Dutch, French, Spanish, Italian, Portuguese, Polish, Czech, the Nordic ones, Hungarian, Romanian, Turkish, Russian, Japanese, Chinese.
const won = words(
  `won win closedwon dealwon gewonnen gagne gagnee gagnes gagnees remporte remportee ganado ganada ganados ganadas vinto vinta vinti vinte
  ganho ganha ganhos ganhas wygrana wygrane wygrany wygrano vyhrano vyhrana vyhrany vundet vunnet vunnen voitettu megnyert megnyerve nyert
  castigat castigata kazanildi kazanilan выиграна выиграно выигран 受注 成交 赢单`,
);
const lost = words(
  `lost closedlost deallost dead closeddead verloren perdu perdue perdus perdues perdido perdida perdidos perdidas perso persa persi perse
  przegrana przegrane przegrany przegrano stracona stracone utracona utracone prohrano prohrana ztraceno ztracena tabt tapt forlorad forlorat
  havitty menetetty elveszett elvesztett elvesztve pierdut pierduta kaybedildi kaybedilen проиграна проиграно потеряна потеряно 失注 输单`,
);
/** Over, one way or the other. */
const over = words(
  `closed geschlossen abgeschlossen afgesloten gesloten ferme fermee cloture cloturee conclu conclue cerrado cerrada chiuso chiusa fechado
  fechada encerrado encerrada zamkniete zamknieta zamkniety uzavreno uzavrena lukket avsluttet avslutad stangd suljettu lezart lezarva inchis
  inchisa kapatildi закрыта закрыто`,
);
/** Most often lost, but somebody should say so. */
const likelyLost = words(
  `abandoned cancelled canceled disqualified rejected declined storniert abgesagt abgelehnt disqualifiziert annule annulee abandonne
  abandonnee refuse refusee cancelado cancelada descartado descartada rechazado annullato annullata rifiutato geannuleerd afgewezen`,
);
const besides = words(
  "and und et y e en i og och ja a als as deal deals opportunity stage phase status the is verkaufschance geschaft oportunidad opportunite",
);

const known = new Map<string, Guess>();

/** What a stage or status means by its name alone. */
export function guessOutcome(name: string): Guess {
  let guess = known.get(name);
  if (guess === undefined) {
    guess = guessAnew(name);
    if (known.size < 1000) known.set(name, guess);
  }
  return guess;
}

/** What a name says outright; open where it does not. */
export function outcomeOf(name: string): Outcome {
  const { outcome, isSure } = guessOutcome(name);
  return isSure ? outcome : "open";
}

function guessAnew(name: string): Guess {
  const said = name
    .split(/[^\p{L}\p{M}\p{N}]+/u)
    .map(plainKey)
    .filter((word) => word !== "" && !/^\d+$/.test(word) && !besides.has(word));
  const isWon = said.some((word) => won.has(word));
  const isLost = said.some((word) => lost.has(word));
  const isOver = said.some((word) => over.has(word));
  if (isWon !== isLost) {
    const own = isWon ? won : lost;
    return { outcome: isWon ? "won" : "lost", isSure: said.every((word) => own.has(word) || over.has(word)) };
  }
  if (isWon && isLost) return { outcome: "open", isSure: false };
  if (said.some((word) => likelyLost.has(word))) return { outcome: "lost", isSure: false };
  return { outcome: "open", isSure: !(isOver && said.every((word) => over.has(word))) };
}

const yes = words("true 1 yes y x ja oui si sim tak ano wahr vrai verdadero vero verdadeiro");
export const isYes = (text: string | null): boolean => text !== null && (text === "1.0" || yes.has(plainKey(text)));

/**
 * What the columns beside the stage say of a row. Won and lost where the status, a mark or a day says so; lost also where there
 * is a reason for it, or it is over and not won. Where a deal has been both, the later day counts.
 */
export function saidOutcome(text: (field: string) => string | null, dayOf: (field: string) => string): Outcome {
  const status = text("status");
  const said = status ? guessOutcome(status).outcome : "open";
  if (said !== "open") return said;
  if (isYes(text("is_won"))) return "won";
  if (isYes(text("is_lost"))) return "lost";
  if (isYes(text("is_closed")) && text("is_won") !== null) return "lost";
  if (status !== null) return "open";
  const [hasWon, hasLost] = [text("won_on") !== null, (text("lost_on") ?? text("lost_reason")) !== null];
  if (hasWon && hasLost) return dayOf("won_on") >= dayOf("lost_on") ? "won" : "lost";
  return hasWon ? "won" : hasLost ? "lost" : "open";
}
