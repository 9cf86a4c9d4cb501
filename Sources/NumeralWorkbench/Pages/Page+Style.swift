extension Page {
  /// The one style sheet of all pages. It holds neither `&` nor `<`, so that it is the same text in HTML and in XML.
  ///
  /// The colours are those of the plots (`Paint` in NumeralPlots), so that plots have no visible border. Every text has
  /// a contrast of at least 4.5 with its background; `Scripts/check-pages.py` measures it in a browser, light and dark.
  static let styleSheet = """

    :root { color-scheme: light dark; --ground: #fff; --raised: #f5f6f8; --ink: #1a1d21; --muted: #59616b;
      --line: #dde1e6; --link: #0a5a9c; --right: #0072b2; --wrong: #b94700; --alert: #fff4e5; --alert-line: #d9822b; }
    @media (prefers-color-scheme: dark) {
      :root { --ground: #14171c; --raised: #1d2127; --ink: #eceef1; --muted: #a7afb9; --line: #343b44;
        --link: #7cc0f5; --right: #56b4e9; --wrong: #ff9a57; --alert: #33260f; --alert-line: #c98a35; }
    }
    * { box-sizing: border-box; }
    html { background: var(--ground); color: var(--ink); scroll-padding-top: 1rem;
      font: 1rem/1.5 system-ui, -apple-system, "Segoe UI", Roboto, "Helvetica Neue", "Noto Sans", "DejaVu Sans",
      sans-serif; font-variant-numeric: tabular-nums; -webkit-text-size-adjust: 100%; text-size-adjust: 100%; }
    body { max-width: 74rem; margin: 0 auto; padding: 0 1rem 3rem; }
    h1, h2, h3, h4 { line-height: 1.25; margin: 0; text-wrap: balance; overflow-wrap: anywhere; }
    h1 { font-size: 1.75rem; }
    h2 { font-size: 1.375rem; margin-bottom: .75rem; }
    h3 { font-size: 1.0625rem; margin: 1.75rem 0 .5rem; }
    h4 { font-size: .9375rem; margin: 0 0 .25rem; }
    p { margin: 0 0 .75rem; max-width: 46rem; overflow-wrap: anywhere; }
    a { color: var(--link); text-underline-offset: .15em; }
    :focus-visible { outline: 3px solid var(--link); outline-offset: 2px; border-radius: 2px; }
    code { font: .9em ui-monospace, SFMono-Regular, Menlo, Consolas, "DejaVu Sans Mono", monospace;
      overflow-wrap: anywhere; }
    .skip { position: absolute; left: -100rem; padding: .5rem 1rem; background: var(--ground); z-index: 1; }
    .skip:focus { left: 1rem; top: .5rem; }
    .muted { color: var(--muted); }
    header.top { padding: 2rem 0 1rem; }
    header.top p { margin: .375rem 0 0; color: var(--muted); }
    nav ul { display: flex; flex-wrap: wrap; gap: .125rem 1.25rem; list-style: none; margin: 0; padding: .5rem 0;
      border: solid var(--line); border-width: 1px 0; }
    nav a { display: inline-block; padding: .25rem 0; }
    main > section { padding-top: 2.25rem; }
    footer { margin-top: 3rem; padding-top: .75rem; border-top: 1px solid var(--line); color: var(--muted);
      font-size: .875rem; }
    .notice { margin: 0 0 1.25rem; padding: .75rem 1rem; background: var(--alert);
      border-left: 4px solid var(--alert-line);
      overflow-wrap: anywhere; }
    .notice p { margin: 0; }
    .notice ul { margin: .25rem 0 0; padding-left: 1.25rem; }

    .headlines { display: grid; grid-template-columns: repeat(auto-fit, minmax(min(100%, 10rem), 1fr)); gap: .75rem;
      margin: 0 0 1.25rem; }
    .headlines > div { background: var(--raised); border-radius: 8px; padding: .75rem 1rem; }
    .headlines dt { color: var(--muted); font-size: .875rem; }
    .headlines dd { margin: 0; }
    .headlines .value { font-size: 1.75rem; font-weight: 600; line-height: 1.25; white-space: nowrap; }
    .headlines .note { color: var(--muted); font-size: .875rem; }
    .figures { display: grid; grid-template-columns: repeat(auto-fill, minmax(15rem, 1fr)); gap: 0 2rem;
      margin: 0 0 1.25rem; }
    .figures > div { display: flex; justify-content: space-between; gap: 1rem; padding: .25rem 0;
      border-bottom: 1px solid var(--line); }
    .figures dt { color: var(--muted); }
    .figures dd { margin: 0; }
    .facts { margin: 0; }
    .facts > div { display: grid; grid-template-columns: 11rem 1fr; gap: .25rem 1rem; padding: .375rem 0;
      border-bottom: 1px solid var(--line); }
    .facts dt { color: var(--muted); }
    .facts dd { margin: 0; min-width: 0; overflow-wrap: anywhere; }

    .scroll { overflow-x: auto; margin: 0 0 1.25rem; }
    table { border-collapse: collapse; min-width: min(100%, 20rem); font-size: .9375rem; }
    caption { text-align: left; color: var(--muted); padding: 0 0 .375rem; position: sticky; left: 0;
      max-width: calc(100vw - 2rem); }
    th, td { padding: .25rem .75rem; text-align: left; white-space: nowrap; border-bottom: 1px solid var(--line); }
    th:first-child, td:first-child { padding-left: 0; }
    thead th { color: var(--muted); font-weight: 400; vertical-align: bottom; }
    tbody th { font-weight: 600; }
    tbody + tbody tr:first-child > * { border-top: 2px solid var(--muted); }
    .number { text-align: right; }

    figure { margin: 0; }
    .plots { display: grid; grid-template-columns: repeat(auto-fit, minmax(min(100%, 27rem), 1fr)); gap: 1rem 2rem;
      align-items: start; margin: 0 -1rem 1.25rem; }
    .plots > div { padding: 1.25rem 1rem 0; min-width: 0; }
    .plots figure { min-width: 0; max-width: 40rem; }
    .plots svg { display: block; width: 100%; height: auto; }
    .plots svg a:focus-visible rect { stroke: var(--link); stroke-width: 3px; }

    .images { display: flex; flex-wrap: wrap; gap: .75rem .5rem; list-style: none; margin: 0 0 1.25rem; padding: 0; }
    .images li { width: 6.25rem; }
    .images img { display: block; height: auto; background: #000; image-rendering: pixelated; }
    .images figcaption { font-size: .8125rem; line-height: 1.35; padding-top: .25rem; color: var(--muted);
      overflow-wrap: anywhere; }
    .images .right img { box-sizing: content-box; border: 2px solid var(--right); }
    .images .wrong img { box-sizing: content-box; border: 2px solid var(--wrong); }
    .cells { display: flex; flex-wrap: wrap; gap: 0 1.5rem; }
    .cells > section { padding: .5rem; margin: 0 -.5rem; border-radius: 6px; }
    .cells > section:target { background: var(--raised); outline: 2px solid var(--link); }
    .cells h3 { font-size: .9375rem; margin: 0 0 .375rem; }
    .cells .images { margin-bottom: .25rem; }

    details { border-top: 1px solid var(--line); }
    details:last-of-type { border-bottom: 1px solid var(--line); margin-bottom: 1.25rem; }
    summary { padding: .5rem 0; cursor: pointer; font-weight: 600; }
    details[open] > summary { margin-bottom: .5rem; }

    @media (max-width: 40rem) {
      h1 { font-size: 1.5rem; }
      .facts > div { grid-template-columns: 1fr; gap: 0; }
      th, td { padding: .25rem .5rem; }
      .headlines { grid-template-columns: 1fr 1fr; }
      .headlines > div { padding: .75rem; }
      .headlines .value { font-size: 1.375rem; }
      .images li { width: calc((100% - 1rem) / 3); }
      .cells > section { width: calc(100% + 1rem); }
    }
    @media print {
      :root { --ground: #fff; --raised: #f5f6f8; --ink: #1a1d21; --muted: #59616b; --line: #dde1e6; --link: #1a1d21;
        --right: #0072b2; --wrong: #b94700; --alert: #fff; color-scheme: light; }
      html { font-size: 10pt; }
      body { max-width: none; padding: 0; }
      nav, .skip, .back { display: none; }
      .images { display: block; }
      .images li { display: inline-block; vertical-align: top; width: 6.25rem; margin: 0 .375rem .5rem 0; }
      a { text-decoration: none; }
      h2, h3, h4, summary { break-after: avoid; }
      figure, li, tr, .headlines > div, .facts > div { break-inside: avoid; }
      .scroll { overflow: visible; break-inside: avoid; }
    }

    """
}
