/** Styles and pictures that the bundler puts beside the scripts. */
declare module '*.css';
declare module '*.svg' {
  const address: string;
  export default address;
}
declare module '*?worker&url' {
  const address: string;
  export default address;
}
