import { makeSampleCompany } from "../sample/make-sample-company.ts";
import type { App } from "../../platform/context.ts";
import { sampleCompany, whileNobodyElseSetsUp } from "./set-up-link.ts";

/** Makes the sample company unless it is there. Clicking twice makes one. */
export async function openSampleCompany(app: App): Promise<void> {
  await whileNobodyElseSetsUp(app, async () => {
    if (!(await sampleCompany(app))) await makeSampleCompany(app);
  });
}
