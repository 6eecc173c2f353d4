import { type RawBuilder, sql } from "kysely";
import type { StateAt } from "./state-at.ts";

/**
 * The products with the list prices of an instant, for a `join`: the table itself, unless a price or a deal is dated later. The first
 * price known of a product counts for all time before it.
 */
export function productsThen({ orgId, at, nothingLater }: Pick<StateAt, "orgId" | "at" | "nothingLater">): RawBuilder<unknown> {
  if (nothingLater) return sql`product`;
  return sql`(
    select q.org_id, q.id, q.name, l.list_price_minor, coalesce(l.currency, q.currency) as currency
    from product q left join (
      select distinct on (x.product_id) x.product_id, x.list_price_minor, x.currency from list_price x
      where x.org_id = ${orgId} and x.at <= ${at}::timestamptz order by x.product_id, x.at desc) l on l.product_id = q.id
    where q.org_id = ${orgId})`;
}
