/** The workflow for GitHub Pages that `guild init` writes. */
import type { Look } from "./look.ts";

/**
 * The file's text: builds the site from `content/` on every push and publishes it.
 *
 * The package comes from the repository's variable GUILDHALL_PACKAGE (a name, an address, or a file), else from npm in
 * this version. The base path comes from Pages, else from the repository's name. Actions are pinned by commit; the job that
 * builds may only read.
 */
export function starterWorkflow({ below, branch }: Pick<Look, "below" | "branch">, version: string): string {
  const folder = below === "" ? "." : below;
  return `# Builds the site of this project from content/ and publishes it on GitHub Pages. Written by "guild init"; yours to change.
# Once, in the repository's settings: Pages, Source, "GitHub Actions".
name: Guildhall
on:
  push:
    branches: [${JSON.stringify(branch)}]
  workflow_dispatch:
permissions: {}
concurrency:
  group: guildhall-pages
  cancel-in-progress: true
env:
  # Where Guildhall comes from: set the repository variable of this name to take another version, a fork or a file.
  GUILDHALL_PACKAGE: \${{ vars.GUILDHALL_PACKAGE || 'guildhall@${version}' }}

jobs:
  build:
    runs-on: ubuntu-latest
    timeout-minutes: 15
    permissions:
      contents: read
      pages: read
    defaults:
      run:
        working-directory: ${JSON.stringify(folder)}
    steps:
      - uses: actions/checkout@3d3c42e5aac5ba805825da76410c181273ba90b1 # v7.0.1
        with:
          persist-credentials: false
      - uses: actions/setup-node@820762786026740c76f36085b0efc47a31fe5020 # v7.0.0
        with:
          node-version: 24
      - id: pages
        uses: actions/configure-pages@983d7736d9b0ae728b81ab479565c72886d7745b # v5.0.0
      - name: Install Guildhall
        run: npm install --global "$GUILDHALL_PACKAGE"
      - name: Build the site
        env:
          BASE_PATH: \${{ steps.pages.outputs.base_path }}
        # Pages says under which path it serves; without an answer it is the repository's name.
        run: guild build --base "\${BASE_PATH-/\${GITHUB_REPOSITORY#*/}}/"
      - uses: actions/upload-pages-artifact@fc324d3547104276b827a68afc52ff2a11cc49c9 # v5.0.0
        with:
          path: ${JSON.stringify(below === "" ? "dist" : `${below}/dist`)}

  publish:
    needs: build
    runs-on: ubuntu-latest
    timeout-minutes: 15
    permissions:
      pages: write
      id-token: write
    environment:
      name: github-pages
      url: \${{ steps.deployment.outputs.page_url }}
    steps:
      - id: deployment
        uses: actions/deploy-pages@cd2ce8fcbc39b97be8ca5fce6e763baed58fa128 # v5.0.0
`;
}
