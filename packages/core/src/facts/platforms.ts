/** Domains on which companies have pages that they give as their website. Some owners are companies with a website there. */
export const platforms: ReadonlySet<string> = new Set(
  `about.me amazon.com angel.co apple.com behance.net bit.ly bitbucket.org business.site calendly.com carrd.co
  crunchbase.com discord.gg dribbble.com etsy.com eventbrite.com facebook.com g.page github.com gitlab.com glassdoor.com
  goo.gl goo.gle google.com indeed.com instagram.com linkedin.com linktr.ee lnkd.in medium.com meetup.com notion.so
  patreon.com pinterest.com producthunt.com quora.com reddit.com soundcloud.com spotify.com squarespace.com substack.com
  t.co t.me telegram.me tiktok.com tinyurl.com tripadvisor.com trustpilot.com tumblr.com twitch.tv twitter.com vimeo.com
  wa.me wellfound.com whatsapp.com wikipedia.org wixsite.com wordpress.com x.com xing.com yelp.com youtube.com`.split(
    /\s+/,
  ),
);
