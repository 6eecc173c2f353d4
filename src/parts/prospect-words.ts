import { besideDeal } from "./deal-words.ts";
import { list, money, shortDay } from "./words.ts";

interface State {
  name: string;
  account: string | null;
  product?: string | null;
  amountMinor: number | null;
  currency: string;
  closeOn: string | null;
}

/** "$48,000 · closes 12 Dec": all but the stage, which stands beside it with the one verified. */
export const prospectFacts = ({ account, product, name, amountMinor, currency, closeOn }: State): string =>
  [
    besideDeal({ name, accountName: account, productName: product }),
    amountMinor === null ? "no amount" : money(amountMinor, currency),
    closeOn ? `closes ${shortDay(closeOn)}` : "no close date",
  ]
    .filter(Boolean)
    .join(" · ");

interface News {
  isNew: boolean;
  stage?: { from: string; to: string } | undefined;
  close?: { from: string; to: string } | undefined;
  amount?: { from: number | null; to: number | null; fromCurrency?: string } | undefined;
}

/** What happened to a deal since a day: "Since 3 Nov: moved from Quote to Agreed and slipped from 20 Nov to 4 Dec." */
export function newsWords(news: News, since: string, currency: string): string {
  const amount = (minor: number | null, its = currency) => (minor === null ? "no amount" : money(minor, its));
  const parts = [
    news.isNew && "new",
    news.stage && `moved from ${news.stage.from} to ${news.stage.to}`,
    news.close && `slipped from ${shortDay(news.close.from)} to ${shortDay(news.close.to)}`,
    news.amount && `went from ${amount(news.amount.from, news.amount.fromCurrency)} to ${amount(news.amount.to)}`,
  ].filter((part): part is string => Boolean(part));
  return parts.length > 0 ? `Since ${since}: ${list(parts)}.` : `Nothing in the pipeline changed since ${since}.`;
}
