import { recomputeAllDue } from "../domain/numbers/recompute-all-due.ts";
import { withCompany } from "./with-company.ts";

/** Works out everybody's numbers that are due in a company. */
export const numbers = (args: string[]): Promise<void> =>
  withCompany({ args, usage: "npm run kept -- numbers [--org NAME]", flags: [] }, recomputeAllDue);
