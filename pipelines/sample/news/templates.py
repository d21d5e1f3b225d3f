"""The page templates of the outlets; `$`-slots are in `pipelines.sample.news.render`.

They differ as sites do: in where the date stands, in what surrounds the text, in how old their markup is.
"""

_BROADSHEET = """<!DOCTYPE html>
<html lang="$lang">
<head>
<meta charset="$charset">
<title>$title | $outlet</title>
<meta name="viewport" content="width=device-width, initial-scale=1">
<meta name="description" content="$summary">
<link rel="canonical" href="$url">
<meta property="og:type" content="article">
<meta property="og:site_name" content="$outlet">
<meta property="og:title" content="$title">
<meta property="og:url" content="$url">
$extra
<script type="application/ld+json">$data</script>
<style>body{font-family:Georgia,serif;margin:0}.story{max-width:40em}.ad{min-height:250px}</style>
<script>window.dataLayer=window.dataLayer||[];dataLayer.push({"page":"$section"});</script>
</head>
<body class="article-page">
<a class="skip-link" href="#main">Skip to content</a>
<div id="cookie-banner" class="cookie-consent" role="dialog"><p>We use cookies to improve your experience. By
continuing you accept cookies as described in our privacy policy.</p><button>Accept all</button>
<button>Settings</button></div>
<header class="site-header"><a class="logo" href="$home">$outlet</a>
<nav class="main-nav"><ul>$menu</ul></nav>
<form class="search" action="/search"><input name="q" placeholder="Search"></form></header>
<main id="main">
<article class="story">
<p class="kicker"><a href="/$section_path/">$section</a></p>
<h1 class="headline">$title</h1>
<p class="byline">By <a rel="author" href="/author/$author_path">$author</a></p>
<div class="share-tools"><ul><li><a href="#">Share</a></li><li><a href="#">Tweet</a></li><li><a href="#">Email</a></li>
<li><a href="#">Print</a></li></ul></div>
<figure><img src="/media/$picture.png" alt=""><figcaption>Photo: $outlet archive</figcaption></figure>
<div class="article-body" itemprop="articleBody">
$body
</div>
<ul class="tags"><li><a href="/tag/$section_path">$section</a></li><li><a href="/tag/region">Region</a></li></ul>
</article>
<aside class="related"><h3>Related stories</h3><ul>$related</ul></aside>
<section id="comments" class="comments"><h3>$comment_count comments</h3>$comments
<p><a href="/login">Log in</a> to leave a comment.</p></section>
</main>
<aside class="sidebar"><h3>Most read</h3><ol>$most_read</ol>
<div class="ad"><span>Advertisement</span></div></aside>
<footer class="site-footer"><ul><li><a href="/about">About us</a></li><li><a href="/terms">Terms of use</a></li>
<li><a href="/privacy">Privacy policy</a></li></ul><p>© $year $outlet. All rights reserved.</p></footer>
<script async src="/assets/app.js"></script>
</body></html>
"""

_TABLOID = """<!doctype html>
<html lang="$lang"><head><meta charset="$charset"><title>$title - $outlet</title>
<meta property="og:title" content="$title"><meta property="og:image" content="/pics/$picture.jpg">
<meta property="og:site_name" content="$outlet">$extra
<script>var _ads=[];_ads.push(["slot","top"]);</script></head>
<body>
<div class="topbar"><a href="$home">$outlet</a> <span>Get our free newsletter</span></div>
<div class="nav" role="navigation"><ul>$menu</ul></div>
<div class="ad-top">Advertisement</div>
<div class="wrap">
<div class="content">
<h1>$title</h1>
<div class="meta">By $author <span class="published">$long_date</span></div>
<div class="social"><a href="#">Share on Facebook</a> <a href="#">Share on Twitter</a></div>
<div class="post-content entry-content">
$body
</div>
<div class="newsletter-signup"><h4>Sign up for our newsletter</h4><p>All that matters between the two quays, every
evening in your inbox.</p><input type="email"></div>
<div class="comments-area"><h4>What our readers say</h4>$comments</div>
</div>
<div class="sidebar"><div class="widget"><h4>Most popular</h4><ul>$most_read</ul></div>
<div class="widget"><h4>You may also like</h4><ul>$related</ul></div></div>
</div>
<div class="footer"><p>Copyright $year $outlet</p><a href="/contact">Contact</a> <a href="/imprint">Imprint</a></div>
<div class="gdpr cookie-notice">This website uses cookies. <a href="#">OK</a></div>
</body></html>
"""

_DATED_PATH = """<!DOCTYPE html PUBLIC "-//W3C//DTD XHTML 1.0 Transitional//EN"
 "http://www.w3.org/TR/xhtml1/DTD/xhtml1-transitional.dtd">
<html xmlns="http://www.w3.org/1999/xhtml" lang="$lang">
<head>
<meta http-equiv="Content-Type" content="text/html; charset=$charset" />
<title>$outlet - $title</title>$extra
<link rel="stylesheet" type="text/css" href="/css/main.css" />
</head>
<body bgcolor="#ffffff">
<table width="980" align="center" cellpadding="0" cellspacing="0"><tr><td colspan="2" class="masthead">
<a href="$home"><img src="/img/logo.gif" alt="$outlet" border="0" /></a></td></tr></table>
<div id="menu"><ul>$menu</ul></div>
<div id="page">
<div id="breadcrumb"><a href="$home">Home</a> &raquo; <a href="/$section_path/">$section</a></div>
<div id="article" class="article">
<h1>$title</h1>
<p class="author">$author</p>
<div class="article-text">
$body
</div>
<div class="tools"><a href="javascript:window.print()">Print</a> | <a href="/send">E-mail</a></div>
</div>
<div id="right"><div class="box related"><h4>Related articles</h4><ul>$related</ul></div>
<div class="box most-read"><h4>Most read</h4><ul>$most_read</ul></div></div>
</div>
<div id="footer">&copy; $year $outlet | <a href="/terms">Terms and conditions</a></div>
</body>
</html>
"""

_BUSINESS = """<!DOCTYPE html>
<html lang="$lang" prefix="og: http://ogp.me/ns#">
<head>
<meta charset="$charset" />
<title>$title – $outlet</title>
<meta name="description" content="$summary" />
<meta name="author" content="$author" />
<meta property="og:site_name" content="$outlet" />
<meta property="og:title" content="$title" />
<meta property="article:published_time" content="$moment" />
<meta property="article:section" content="$section" />$extra
</head>
<body data-page="article">
<div class="consent-overlay"><div class="consent"><h2>Your privacy</h2><p>We and our partners store and access
information on a device, such as cookies.</p><button>I agree</button></div></div>
<header><div class="ticker"><span>LOOM 100 $ticker</span> <span>Crown $rate</span></div>
<a href="$home">$outlet</a><nav aria-label="Main"><ul>$menu</ul></nav></header>
<main><article>
<header><h1>$title</h1><div class="article-meta"><span class="author">$author</span>
<span class="reading-time">$minutes min read</span></div></header>
<div class="article__body rich-text">
$body
</div>
<div class="share-bar"><button>Share</button><button>Save</button><button>Gift article</button></div>
</article>
<section class="recommended"><h2>Recommended stories</h2><ul>$related</ul></section>
</main>
<aside class="trending"><h2>Trending</h2><ol>$most_read</ol></aside>
<footer><nav><ul><li><a href="/subscribe">Subscriptions</a></li><li><a href="/advertise">Advertise</a></li>
<li><a href="/jobs">Careers</a></li></ul></nav><small>© $year $outlet Publishing. Prices delayed by fifteen
minutes.</small></footer>
</body></html>
"""

_WEEKLY = """<!DOCTYPE html>
<html lang="$lang">
<head><meta charset="$charset"><title>$title · $outlet</title>
<meta name="twitter:card" content="summary"><meta property="og:title" content="$title">
<meta property="og:site_name" content="$outlet">$extra</head>
<body>
<header class="header"><a href="$home" class="header__logo">$outlet</a>
<nav class="header__nav">$menu_inline</nav></header>
<div class="post__header"><h1 class="post__title">$title</h1>
<p class="post__info">$section · <time datetime="$date" pubdate>$long_date</time> · $author</p></div>
<article class="post">
$body
</article>
<div class="author-bio"><p>$author writes for $outlet.</p></div>
<section class="more"><h2>More from $outlet</h2><div class="cards">$cards</div></section>
<section class="responses" id="comments"><h2>Letters</h2>$comments</section>
<footer class="footer"><p>$outlet appears on Thursdays. Printed on paper from old paper.</p>
<p><a href="/support">Support us</a> <a href="/imprint">Imprint</a></p></footer>
</body></html>
"""

_BROADCASTER = """<!DOCTYPE html>
<html lang="$lang">
<head><meta charset="$charset"><title>$title — $outlet</title>
<meta name="DC.date.issued" content="$date"><meta name="dcterms.creator" content="$author">
<meta property="og:title" content="$title"><meta property="og:site_name" content="$outlet">$extra</head>
<body class="no-js">
<div id="top"><ul class="services"><li><a href="/listen">Listen live</a></li><li><a href="/schedule">Schedule</a></li>
<li><a href="/podcasts">Podcasts</a></li></ul></div>
<nav id="nav"><ul>$menu</ul></nav>
<div id="content" class="content" role="main">
<h1 class="story-title">$title</h1>
<p class="story-date">$long_date</p>
<div class="audio-player"><button>Play</button> <span>$minutes:$seconds</span>
<a href="/audio/$picture.mp3">Download</a></div>
<div class="story-body">
$body
</div>
<div class="related-links"><h2>Related</h2><ul>$related</ul></div>
</div>
<div id="aside"><h2>Most listened to</h2><ol>$most_read</ol></div>
<footer id="footer"><p>$outlet is paid for by its listeners. © $year</p><ul><li><a href="/frequencies">Frequencies</a>
</li><li><a href="/complaints">Complaints</a></li></ul></footer>
</body></html>
"""

ARTICLES = {
    "broadsheet": _BROADSHEET,
    "tabloid": _TABLOID,
    "dated_path": _DATED_PATH,
    "business": _BUSINESS,
    "weekly": _WEEKLY,
    "broadcaster": _BROADCASTER,
}
# What stands between two paragraphs of a story.
BETWEEN = {
    "broadsheet": '<div class="ad ad-inline"><span>Advertisement</span></div>',
    "tabloid": '<div class="read-also"><strong>Read also:</strong> <a href="$see_url">$see_title</a></div>',
    "dated_path": '<div class="banner"><a href="/ads/click"><img src="/ads/468x60.gif" alt="Advert" /></a></div>',
    "business": '<aside class="promo newsletter"><p>Sign up for the morning newsletter of $outlet.</p></aside>',
    "weekly": "",
    "broadcaster": '<p class="see-also">See also: <a href="$see_url">$see_title</a></p>',
}
INDEX = """<!DOCTYPE html>
<html lang="$lang"><head><meta charset="$charset"><title>$title | $outlet</title></head>
<body><header><a href="$home">$outlet</a><nav><ul>$menu</ul></nav></header>
<main><h1>$section</h1><p>What we have printed in the last days</p><ul class="teasers">$listing</ul>
<p class="pager"><a href="?page=2">Older stories</a></p></main>
<footer>© $year $outlet</footer></body></html>
"""
MISSING = """<!DOCTYPE html>
<html lang="$lang"><head><meta charset="$charset"><title>$title | $outlet</title></head>
<body><header><a href="$home">$outlet</a><nav><ul>$menu</ul></nav></header>
<main><h1>$title</h1>$body</main><footer>© $year $outlet</footer></body></html>
"""
COMMENTS = (
    "At last somebody writes about it!",
    "And who is going to pay for all this? We are, as always.",
    "I was there. It was colder than you say.",
    "My neighbour tells the story quite differently.",
    "Third paragraph, there is a comma too many.",
    "Good piece. More of this, less football.",
    "They said the same years ago, and look at it now.",
    "First!",
    "Why is there no picture of the goat?",
    "Not a word about the parking. Typical.",
    "Lovely. I have sent it to my sister.",
    "I cancelled my subscription over less.",
)
READERS = (
    "ferryman",
    "Old Oak",
    "knitter_in_chief",
    "M. from the hill",
    "quietreader",
    "Tram 9",
    "pepperpot",
    "Uncle Bo",
)
SECTIONS = ("Politics", "Local", "Business", "Culture", "Sport", "Science", "People", "History")
