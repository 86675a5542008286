// Bundles the front end into the Python package: one script, one style sheet, the fonts, an icon, and a manifest
// from plain names to names that carry a hash of the content.
import { execFileSync } from "node:child_process";
import { build } from "esbuild";
import { mkdir, readFile, readdir, rm, writeFile } from "node:fs/promises";
import { basename, dirname, join } from "node:path";
import { fileURLToPath } from "node:url";
import { brotliCompressSync, gzipSync } from "node:zlib";

const here = dirname(fileURLToPath(import.meta.url));
const out = join(here, "..", "src", "tongchou", "web", "static", "dist");

// The font's style sheets offer each slice twice; every browser since 2016 reads woff2, so the other half is left out.
// A machine that has the same letters, or its system's own Chinese ones, is not sent them. One that has none is sent the
// letters the workbench shows as two small fonts a weight (scripts/shown_fonts.py) and slices for all others.
const onTheMachine = {
  400: ["Noto Sans SC", "Noto Sans CJK SC", "NotoSansCJKsc-Regular", "Source Han Sans SC", "PingFang SC", "Microsoft YaHei"],
  700: ["Noto Sans SC Bold", "Noto Sans CJK SC Bold", "NotoSansCJKsc-Bold", "Source Han Sans SC Bold", "PingFangSC-Semibold", "Microsoft YaHei Bold"],
};
const withLocal = (css, weight) =>
  css.replace(/src:\s*url/g, `src: ${(onTheMachine[weight] ?? []).map((name) => `local("${name}"), `).join("")}url`);
const woff2Only = {
  name: "woff2-only",
  setup(builder) {
    builder.onLoad({ filter: /fontsource.*\.css$/ }, async ({ path }) => {
      const css = (await readFile(path, "utf8")).replace(/,\s*url\([^)]*\.woff\)\s*format\(['"]woff['"]\)/g, "");
      return { contents: path.includes("noto-sans-sc") ? withLocal(css, basename(path, ".css")) : css, loader: "css" };
    });
    builder.onLoad({ filter: /shown\.css$/ }, async ({ path }) => {
      const faces = (await readFile(path, "utf8")).split("\n");
      const contents = faces.map((face) => withLocal(face, /font-weight: (\d+)/.exec(face)?.[1])).join("\n");
      return { contents, loader: "css" };
    });
  },
};

const shown = join(here, "..", "build", "fonts");
execFileSync(
  join(here, "..", ".venv", "bin", "python"),
  [join(here, "..", "scripts", "shown_fonts.py"), join(here, "..", "node_modules", "@fontsource", "noto-sans-sc", "files"), shown],
  { stdio: "inherit" },
);
await rm(out, { recursive: true, force: true });
await mkdir(out, { recursive: true });
const result = await build({
  entryPoints: {
    main: join(here, "src", "main.ts"),
    icon: join(here, "icon.svg"),
  },
  outdir: out,
  entryNames: "[name]-[hash]",
  assetNames: "fonts/[name]-[hash]",
  bundle: true,
  minify: true,
  sourcemap: false,
  metafile: true,
  format: "iife",
  target: ["es2020", "chrome87", "firefox80", "safari15"],
  loader: { ".woff2": "file", ".svg": "copy" },
  plugins: [woff2Only],
  legalComments: "linked",
  logLevel: "warning",
});

const manifest = {};
for (const path of Object.keys(result.metafile.outputs)) {
  const name = basename(path);
  if (dirname(path).endsWith("fonts") || name.endsWith(".LEGAL.txt")) continue;
  manifest[name.replace(/-[0-9A-Z]{8}(?=\.)/, "")] = name;
}
await writeFile(join(out, "manifest.json"), JSON.stringify(manifest, null, 2) + "\n");

// Compressed once here instead of at every request; the server gives the half each browser takes. Fonts are compressed.
for (const name of await readdir(out)) {
  if (!/\.(js|css|svg)$/.test(name)) continue;
  const bytes = await readFile(join(out, name));
  await writeFile(join(out, `${name}.gz`), gzipSync(bytes, { level: 9 }));
  await writeFile(join(out, `${name}.br`), brotliCompressSync(bytes));
}
