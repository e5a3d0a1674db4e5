/** The office's texts in one language: made by the build from `texts.ts`. */
declare module '*texts.ts?locale=zh-CN' {
  const catalogue: Readonly<Record<string, string>>;
  export default catalogue;
}
declare module '*texts.ts?locale=en' {
  const catalogue: Readonly<Record<string, string>>;
  export default catalogue;
}
