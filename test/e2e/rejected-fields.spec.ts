import type { Locator } from "@playwright/test";
import { expect, signInAs, test } from "./kept.ts";

/** Which words a field points to, as somebody hears them who cannot see the page. */
const describedBy = (field: Locator): Promise<string> =>
  field.evaluate((element) =>
    (element.getAttribute("aria-describedby") ?? "")
      .split(" ")
      .map((id) => document.getElementById(id)?.textContent ?? "")
      .join(" ")
      .trim(),
  );

test("a field that was refused is marked and says why, keeps what was typed, and loses the mark once it is right", async ({ page }) => {
  await signInAs(page, "manager");
  await page.goto("/commission-rates");
  const percent = page.getByLabel("Percent of what is won");
  const border = () => percent.evaluate((element) => getComputedStyle(element).borderColor);
  const day = page.getByLabel("From", { exact: true });
  const plain = await border();
  await percent.fill("eleven");
  await percent.press("Enter");
  await expect(percent).toHaveAttribute("aria-invalid", "true");
  await expect(percent).toHaveValue("eleven");
  expect(await describedBy(percent)).toContain("Write a share from 0 to 100");
  expect(await border()).not.toBe(plain);

  // Another field is wrong now, this one no more.
  await percent.fill("8.25");
  await day.evaluate((element: HTMLInputElement) => {
    element.required = false;
    element.value = "";
  });
  await percent.press("Enter");
  await expect(day).toHaveAttribute("aria-invalid", "true");
  await expect(percent).not.toHaveAttribute("aria-invalid");
  await expect(percent).toHaveValue("8.25");
  expect(await describedBy(percent)).not.toContain("Write a share");
});

test("a forecast that cannot be read is marked where it was typed", async ({ page }) => {
  await signInAs(page, "rep");
  await page.goto("/forecast");
  const likely = page.locator("#month-likely");
  await likely.fill("a lot");
  await likely.press("Enter");
  await expect(likely).toHaveAttribute("aria-invalid", "true");
  await expect(likely).toHaveValue("a lot");
  expect(await describedBy(likely)).toContain("Write an amount");
});
