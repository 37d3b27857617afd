# ruff: noqa: RUF001 - pages write spans of years with a dash
"""Invented title pages in every layout: nobody's page, but each wording is one that pages have."""

# The layout of the founding page: a capture without its head, two of its headings lost.
HEADLESS = """\
A keeper counts the ships that pass her light - and one night the count is short. The harbour \
does not believe her, and the ... See full summary »




3 wins & 1 nomination. See more awards »


Add Image Add an image

Do you have any images for this title?

Learn more

People who liked this also liked...

Salt and Iron (TV Movie 1998)
    1 2 3 4 5 6 7 8 9 10 4.9/10 X

Two brothers share one boat, and neither of them can swim, ... See full summary »

Director: Ingvar Sigurdsen
Stars: Zoë Quist, Bo Li, Eva Stone
Comedy | Drama
    1 2 3 4 5 6 7 8 9 10 6.1/10 X

A ferry is late, and everyone aboard has a reason to hope that it stays so for another night.

Director: Per Holm
Stars: Eva Stone, Tom Reed
1999 (1984)
Sci-Fi
    1 2 3 4 5 6 7 8 9 10 8/10 X

Nothing happens on the last day of the year.

Stars: Bo Li
Documentary
    1 2 3 4 5 6 7 8 9 10 7.7/10 X
Director: Ása Þorsdóttir


Series cast summary:
 The Keeper (3 episodes, 2009)
Zoë Quist ...
 Harbour Master (3 episodes, 2009-2010)
 Keeper's Father (1 episode, 2010)


A keeper counts the ships that pass her light - and one night the count is short. The harbour \
does not believe her, and the sea has never yet given anything back. Written by Nordfilm

Plot Summary | Add Synopsis

Plot Keywords:

tv mini series | lighthouse | See All (2) »


Drama | Mystery




Release Date:

4 March 2009 (Iceland)  »

Also Known As:

Der Leuchtturm  »

Box Office


DKK 9,500,000 (estimated)

Company Credits

Show detailed on  »

Technical Specs


See  »

Frequently Asked Questions

See more (Spoiler Alert!) »

User Reviews

A slow light, and a good one.
5 June 2010 | by (Aarhus, Denmark) – See all my reviews

It takes its time. "Director: nobody", it says on a wall, and that is the joke.

Release Date: is what the keeper mutters in her sleep.

7 out of 10 stars.

4 of 6 people found this review helpful.  Was this review helpful to you?

Contribute to This Page

Create a character page for:
"""

SERIES_2013 = """<html><head><title>Harbour Nights (TV Series 2005–2013) - IMDb</title>
<link rel="canonical" href="http://www.imdb.com/title/tt7000001/"></head><body>
<div>Movies, TV &amp; Showtimes</div>
<div id="overview-top"><h1 class="header"><span itemprop="name">Harbour Nights</span>
<span class="nobr">(2005–2013)</span></h1>
<div class="infobar">TV Series &nbsp;|&nbsp; <span title="TV-MA" itemprop="contentRating"></span>
&nbsp;45 min&nbsp;&nbsp;-&nbsp;&nbsp;<a href="/genre/Crime">Crime</a> <span>|</span>
<a href="/genre/Drama">Drama</a></div>
<div>Ratings: <strong>8.1</strong>/10 from <a>1,204 users</a></div>
<div>Reviews: <a>31 user</a> | <a>12 critic</a></div>
<p>A customs officer finds that the harbour of her town is run by her own family.</p>
<div><h4>Creators:</h4> <a href="/name/nm0000001/">Ása Þorsdóttir</a>,
<a href="/name/nm0000002/">Jean-Luc O'Neill</a></div>
<div><h4>Stars:</h4> <a href="/name/nm0000003/">Zoë Quist</a>,
<a href="/name/nm0000004/">Bo Li</a> | <a>See full cast and crew</a></div></div>
<h2>Seasons</h2><div>Season: <a>3</a> <a>2</a> <a>1</a></div>
<div>Won 2 Primetime Emmys. Another 3 wins &amp; 11 nominations. <a>See more awards »</a></div>
<h2>Cast</h2><table><tr><td>Series cast summary:</td></tr>
<tr><td><a href="/name/nm0000003/">Zoë Quist</a></td><td>...</td>
<td><a>Inspector Mara Holt</a> (96 episodes, 2005-2013)</td></tr>
<tr><td><a href="/name/nm0000004/">Bo Li</a></td><td>...</td>
<td>Harbour Master / ... (1 episode, 2007)</td></tr>
<tr><td><a href="/name/nm0000005/">Eva Stone</a></td><td>...</td>
<td>Guard (voice) (uncredited) (unknown episodes)</td></tr>
<tr><td><a href="/name/nm0000006/">Tom Reed</a></td><td>...</td>
<td>Himself - Guest (2 episodes, 2011-????)</td></tr></table>
<h2>Storyline</h2><p>Mara comes home. <em>Written by Anonymous</em></p>
<div><h4>Plot Keywords:</h4> <a href="/keyword/harbour">harbour</a> |
<a href="/keyword/customs">customs</a> | See All (12) »</div>
<div><h4>Taglines:</h4> Nothing to declare. <a>See more »</a></div>
<div><h4>Genres:</h4> <a href="/genre/Crime">Crime</a> | <a href="/genre/Drama">Drama</a></div>
<h2>Details</h2><div><h4>Official Sites:</h4> <a>Channel</a> | <a>Official [Iceland]</a> »</div>
<div><h4>Country:</h4> <a href="/country/is">Iceland</a> | <a href="/country/gb">UK</a></div>
<div><h4>Language:</h4> <a>Icelandic</a> | <a>English</a></div>
<div><h4>Release Date:</h4> 12 May 2005 (Iceland) <a>See more »</a></div>
<div><h4>Also Known As:</h4> Hafnarnætur <a>See more »</a></div>
<div><h4>Filming Locations:</h4> <a>Ísafjörður, Iceland</a></div>
<h3>Box Office</h3><div><h4>Budget:</h4> ISK 300,000,000 (estimated)</div>
<div><h4>Opening Weekend:</h4> €45,000 (Spain) (1 April 2006) (12 Screens)</div>
<div><h4>Gross:</h4> £1,200,345 (UK) (3 June 2006)</div>
<h3>Company Credits</h3><div><h4>Production Co:</h4> <a>Nordfilm</a>, <a>Blue, Inc.</a> »</div>
<h3>Technical Specs</h3><div><h4>Runtime:</h4> 45 min | 90 min (pilot) (UK)</div>
<div><h4>Color:</h4> Color | Black and White (flashbacks)</div>
<h2>Contribute to This Page</h2></body></html>"""

EPISODE_2013 = """<html><head><title>"Harbour Nights" The Call (TV Episode 2008) - IMDb</title>
<link rel="canonical" href="http://www.imdb.com/title/tt7000002/"></head><body>
<div id="overview-top"><h2 class="tv_header"><a href="/title/tt7000001/">Harbour Nights</a>:
<span class="nobr">Season 3, Episode 4</span></h2>
<h1 class="header"><span>The Call</span> <span class="nobr">(12 May 2008)</span></h1>
<div class="infobar">TV Episode - 45 min - <a href="/genre/Crime">Crime</a></div>
<div>Your rating: &nbsp; -/10 Ratings: 7.9/10 from 1,055 users</div>
<p>Mara answers a telephone in an empty house.</p>
<div><h4>Writers:</h4> <a href="/name/nm0000001/">Ása Þorsdóttir</a> (creator),
<a href="/name/nm0000008/">Per Holm</a> (teleplay), <a>1 more credit »</a></div></div>
<h2>Cast</h2><table><tr><td>Episode credited cast:</td></tr>
<tr><td><a href="/name/nm0000003/">Zoë Quist</a></td><td>...</td><td>Mara Holt</td></tr></table>
<h2>Details</h2><div><h4>Release Date:</h4> 12 May 2008 (Iceland)</div></body></html>"""

EPISODE_2018 = """<html><head><title>"Harbour Nights" The Call (TV Episode 2008) - IMDb</title>
<link rel="canonical" href="https://www.imdb.com/title/tt7000002/"></head><body>
<div><div class="bp_heading">Season 3 | Episode 4</div>
<div><span>7.9</span>/<span>10</span></div><a>1,055</a>
<div class="titleParent"><a href="/title/tt7000001/">Harbour Nights</a> (2005–2013)</div>
<div class="title_wrapper"><h1>The Call</h1><div class="subtext">TV-14 | <time>1h 30min</time> |
<a href="/genre/Crime">Crime</a>, <a href="/genre/Drama">Drama</a> |
<a>Episode aired 12 May 2008</a></div></div></div>
<div class="summary_text">Mara answers a telephone in an empty house.</div>
<div><h4>Director:</h4> <a href="/name/nm0000007/">Ingvar Sigurdsen</a></div>
<div><h4>Writers:</h4> <a href="/name/nm0000001/">Ása Þorsdóttir</a> (created by),
<a>See full cast &amp; crew »</a></div>
<h2>Cast</h2><table><tr><td>Episode cast overview, first billed only:</td></tr>
<tr><td><a href="/name/nm0000003/">Zoë Quist</a></td><td>...</td>
<td>Mara Holt (as Zoe Quist)</td></tr></table>
<h2>Storyline</h2><div><span>Mara answers a telephone.</span></div>
<div><h4>Certificate:</h4> TV-14 | See all certifications »</div>
<h2>Details</h2><div><h4>Country:</h4> <a>Iceland</a></div>
<div><h4>Release Date:</h4> 12 May 2008 (Iceland) See more »</div></body></html>"""

GAME_2018 = """<html><head><title>Deep Signal (Video Game 2016) - IMDb</title>
<link rel="canonical" href="https://www.imdb.com/title/tt7000003/"></head><body>
<div class="title_wrapper"><h1>Deep Signal&nbsp;<span>(2016)</span></h1>
<div class="originalTitle">Djup signal<span> (original title)</span></div>
<div class="subtext">M | <a href="/genre/Action">Action</a>, <a href="/genre/Sci-Fi">Sci-Fi</a> |
<a>Video game released 4 April 2016</a></div></div>
<div class="summary_text">A diver hears what no one has sent.</div>
<div><h4>Stars:</h4> <a href="/name/nm0000003/">Zoë Quist</a></div>
<div>2 wins. See more awards »</div>
<h2>Cast</h2><table><tr><td>Credited cast:</td></tr>
<tr><td><a href="/name/nm0000003/">Zoë Quist</a></td><td>...</td><td>Diver (voice)</td></tr></table>
<h2>Storyline</h2><div>Add Full Plot | Add Synopsis</div>
<h2>Details</h2><div><h4>Country:</h4> <a>Sweden</a></div>
<div><h4>Language:</h4> <a>Swedish</a></div>
<h3>Box Office</h3><div><h4>Budget:</h4>SEK40,000,000 (estimated)</div>
<div><h4>Opening Weekend USA:</h4> $1,200, 4 April 2016, Wide Release</div>
<div><h4>Gross USA:</h4> $12,345,678, 1 May 2016</div>
<div><h4>Cumulative Worldwide Gross:</h4> $20,000,001, 2 May 2017</div></body></html>"""

SERIES_2022 = """<html><head><title>Harbour Nights (TV Series 2005–2013) ⭐ 8.1 | Crime</title>
<link rel="canonical" href="https://www.imdb.com/title/tt7000001/">
<script type="application/ld+json">{"@type":"TVSeries","url":"/title/tt7000001/",
"name":"Harbour Nights","aggregateRating":{"ratingCount":12345,"ratingValue":8.1}}</script>
</head><body><nav><a>Menu</a></nav>
<script id="__NEXT_DATA__" type="application/json">{"props":{"pageProps":{"tconst":"tt7000001"}}}
</script><main><div><a href="/title/tt7000001/episodes">Episode guide</a></div><div>96</div>
<h1 data-testid="hero-title-block__title">Harbour Nights</h1>
<div>Original title: Hafnarnætur</div>
<ul><li>TV Series</li><li><a><span>2005–2013</span><span>2005–2013</span></a></li>
<li><a><span>TV-MA</span><span>TV-MA</span></a></li><li>45m</li></ul>
<div>IMDb RATING</div><div>8.1<span>/10</span></div><div>12K</div><div>YOUR RATING</div>
<div>Rate</div><div>POPULARITY</div><div>1,234</div><div>56</div>
<div><a>Crime</a></div><div><a>Drama</a></div><p>A customs officer comes home.</p>
<ul><li>Creators<ul><li><a href="/name/nm0000001/">Ása Þorsdóttir</a></li></ul></li>
<li><a>Stars</a><ul><li><a href="/name/nm0000003/">Zoë Quist</a></li></ul></li></ul>
<ul><li><a>31 User reviews</a></li><li><a>12 Critic reviews</a></li></ul>
<ul><li><a>Won 2 Primetime Emmys</a><div>5 wins &amp; 11 nominations total</div></li></ul>
<h3>Episodes<span>96</span></h3><div>Browse episodes</div><div>Sun, May 12, 2008</div>
<a href="/title/tt7000002/">S3.E4 ∙ The Call</a><label>8 seasons</label><label>9 years</label>
<h3>Top cast<span>24</span></h3><div>Edit</div>
<div><a href="/name/nm0000003/">Zoë Quist</a><ul><li><a>Mara Holt</a></li></ul>
<div><a>96 episodes • 2005–2013</a></div></div>
<div><a href="/name/nm0000004/">Bo Li</a><ul><li><a>Harbour Master</a><span>…</span></li></ul>
<div><a>1 episode • 2007</a></div></div>
<div><a href="/name/nm0000005/">Eva Stone</a><ul><li><a>Guard</a><span>(voice)</span></li></ul>
</div>
<ul><li>Creators<ul><li><a href="/name/nm0000001/">Ása Þorsdóttir</a></li></ul></li></ul>
<div>All cast &amp; crew</div><div>Production, box office &amp; more at IMDbPro</div>
<h3>More like this</h3><div>8.3</div><a href="/title/tt7000010/">Salt</a><div>Watch options</div>
<div>7</div><a href="/title/tt7000011/">Lighthouse 7</a>
<h3>Storyline</h3><div>Edit</div><div>Mara comes home.</div><a href="/keyword/harbour">harbour</a>
<a>86 more</a><ul><li><a>Plot summary</a></li><li><a>Plot synopsis</a></li></ul>
<ul><li><a>Taglines</a><ul><li>Nothing to declare.</li></ul></li>
<li>Genres<ul><li><a>Crime</a></li><li><a>Drama</a></li></ul></li>
<li>Motion Picture Rating (MPA)<ul><li>Rated R for language</li></ul></li>
<li>Certificate<ul><li>TV-MA</li></ul></li><li>Parents guide</li></ul>
<h3>User reviews<span>31</span></h3><div>Review</div><div>Featured review</div>
<div>9<span>/10</span></div><div>Slow and right</div><div>It takes its time.</div>
<div>helpful•1.2K</div><div>45</div>
<ul><li><a href="/user/ur1/">saltreader</a></li><li>Jan 4, 2021</li></ul>
<h3>Details</h3><ul><li>Release date<ul><li>May 12, 2005 (Iceland)</li></ul></li>
<li>Countries of origin<ul><li><a>Iceland</a></li><li><a>United Kingdom</a></li></ul></li>
<li>Official site<ul><li><a>Channel (Iceland)</a></li></ul></li>
<li>Languages<ul><li><a>Icelandic</a></li><li><a>English</a></li></ul></li>
<li>Also known as<ul><li>Nætur</li></ul></li>
<li>Production company<ul><li><a>Nordfilm</a></li></ul></li></ul>
<h3>Box office</h3><ul><li>Budget<ul><li>₹250,000,000 (estimated)</li></ul></li>
<li>Gross US &amp; Canada<ul><li>$1,000</li></ul></li>
<li>Opening weekend US &amp; Canada<ul><li>$500</li><li>Apr 4, 1999</li></ul></li>
<li>Gross worldwide<ul><li>$2,000</li></ul></li></ul>
<h3>Technical specs</h3><ul><li>Runtime<ul><li>2 hours 16 minutes</li></ul></li>
<li>Aspect ratio<ul><li>16:9 HD</li></ul></li></ul>
<h3>Related news</h3><div>News of the day</div>
<h2>Contribute to this page</h2></main></body></html>"""

EPISODE_2022 = """<html><head>
<title>"Harbour Nights" The Call (TV Episode 2008) ⭐ 7.9 | Crime</title>
<link rel="canonical" href="https://www.imdb.com/title/tt7000002/">
<script id="__NEXT_DATA__" type="application/json">{"props":{"pageProps":{"tconst":"tt7000002"}}}
</script></head><body><main>
<div><a href="/title/tt7000001/">Harbour Nights</a></div><div>All episodes</div><div>S3.E4</div>
<h1>The Call</h1><ul><li>Episode aired <!-- -->May 12, 2008</li><li>TV-14</li><li>1h 30m</li></ul>
<div>IMDb RATING</div><div>7.9/10</div><div>1.5K</div><div>YOUR RATING</div><div>Rate</div>
<a>Crime</a><p>Mara answers.</p>
<ul><li>Director<ul><li><a href="/name/nm0000007/">Ingvar Sigurdsen</a></li></ul></li></ul>
<h3>Top cast</h3><div><a href="/name/nm0000003/">Zoë Quist</a><a>Mara Holt</a></div>
<h3>Details</h3><ul><li>Release date<ul><li>May 12, 2008 (Iceland)</li></ul></li></ul>
</main></body></html>"""

# A film as a crawl keeps its text: nothing linked, nobody has voted, sections missing.
FILM_TEXT = """\
The Long Ebb (2012) - IMDb
Movies, TV & Showtimes
The Long Ebb (2012)
Not Rated | 92 min - Documentary | War - 3 November 2012 (Poland)
Your rating: -/10 Ratings: -/10 from 3 users
A village waits for a tide that does not come back, and begins to farm the floor of the sea.
Director: Łucja Żuławska
Writers: Łucja Żuławska, Per Holm (story)
Stars: Zoë Quist, Bo Li, Eva Stone | See full cast and crew »
1 nomination. See more awards »
Cast
Cast overview, first billed only:
Zoë Quist ...
Ferrywoman / Mother
Bo Li ...
Himself
Storyline
The sea goes out one morning and the village follows it, with ploughs. Written by P. Holm
Plot Keywords: sea | tide
Taglines: Wait for it. See more »
Genres: Documentary | War
Certificate: 12
Details
Country: Poland | Soviet Union
Language: Polish
Release Date: November 2012 (Poland) See more »
Also Known As: Wielki odpływ See more »
Filming Locations: Hel, Poland
Box Office
Budget: PLN 1,200,000 (estimated)
Gross: $0 (USA)
Technical Specs
Runtime: 92 min
Color: Color
Contribute to This Page
"""

# The first of these layouts: the certificate is a picture, people's stars stand by the headline.
FILM_2010 = """<html><head><title>Salt Road (2010) - IMDb</title>
<link rel="canonical" href="http://www.imdb.com/title/tt7000020/"></head><body>
<div id="overview-top"><h1>Salt Road <span>(<a href="/year/2010/">2010</a>)</span><br>
<span class="title-extra">Saltvegen <i>(original title)</i></span></h1>
<div class="infobar"><img title="PG-13" alt="PG_13"> &nbsp;2 h 5 min -
<a href="/genre/Drama">Drama</a> | <a>History</a> - <a>4 February 2010 (Norway)</a></div>
<div>Users: <b>6.5/10</b> <a>(1,234 votes)</a> 23 reviews | Critics: 12 reviews</div>
<div>Metascore: 61/100 (based on 12 reviews from Metacritic.com)</div>
<p>A road is built of salt.</p>
<div><h4>Director:</h4> <a href="/name/nm0000007/">Ingvar Sigurdsen</a></div>
<div><h4>Stars:</h4> <a href="/name/nm0000003/">Zoë Quist</a>,
<a href="/name/nm0000004/">Bo Li</a> and <a href="/name/nm0000005/">Eva Stone</a></div></div>
<div>Nominated for 1 Oscar. Another 2 wins &amp; 3 nominations. See more awards »</div>
<h2>Cast</h2><table><tr><td>Complete credited cast:</td></tr>
<tr><td><a href="/name/nm0000003/">Zoë Quist</a></td><td>...</td>
<td>Kari / Kari's Mother</td></tr></table>
<h2>Storyline</h2><p>It rains. Written by <a>Someone &lt;x@example.org&gt;</a></p>
<div><h4>Motion Picture Rating (MPAA)</h4> Rated PG-13 on appeal for some salt</div>
<h2>Details</h2><div><h4>Country:</h4><a>Norway</a> | <a>West Germany</a></div>
<div><h4>Language:</h4><a>Norwegian</a> | <a>North American Indian</a></div>
<h3>Box Office</h3><div><h4>Opening Weekend:</h4>$12,345 (USA) (6 March 2011) (2 Screens)</div>
<h3>Technical Specs</h3><div><h4>Runtime:</h4>125 min | Germany: 119 min (cut version)</div>
<h2>User Reviews</h2><div><span title="8/10"></span><strong>Wet</strong>
<div>3 October 2011 | by <a href="/user/ur2/">rain</a> (Norway) – See all my reviews</div>
<p>It rains well.</p><div>1 of 1 people found this review helpful. Was this review helpful to you?
</div></div><h2>Contribute to This Page</h2></body></html>"""

PAGES = {
    "film of 2010": FILM_2010,
    "headless": HEADLESS,
    "series of 2013": SERIES_2013,
    "episode of 2013": EPISODE_2013,
    "episode of 2018": EPISODE_2018,
    "game of 2018": GAME_2018,
    "series of 2022": SERIES_2022,
    "episode of 2022": EPISODE_2022,
    "film as text": FILM_TEXT,
}
