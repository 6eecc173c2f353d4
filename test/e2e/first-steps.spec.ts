import { expect, signInAs, test } from "./kept.ts";

test("a newcomer takes the set-up link, explores the sample company, and sees a manager's week", async ({ page }) => {
  await signInAs(page, "manager");
  await expect(page).toHaveURL(/\/week/);
  await expect(page.getByRole("heading", { level: 1 })).toBeVisible();
  await expect(page.getByRole("navigation", { name: "Main" }).getByRole("link", { name: "Week" })).toHaveAttribute("aria-current", "page");
});

test("somebody who is not signed in is brought back to where they wanted to go", async ({ page }) => {
  await page.goto("/commitments");
  await expect(page).toHaveURL(/\/sign-in\?next=%2Fcommitments/);
});
