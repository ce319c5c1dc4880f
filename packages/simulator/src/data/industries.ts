/** Consistent values of an industry. */
export interface Industry {
  readonly weight: number;
  readonly name: string;
  readonly specialties: readonly string[];
  readonly suffixes: readonly string[];
  readonly titles: readonly string[];
  /** True when venture funding is common. */
  readonly funded: number;
}

export const industries: readonly Industry[] = [
  {
    weight: 8,
    name: "Software Development",
    specialties: [
      "SaaS",
      "workflow automation",
      "APIs",
      "observability",
      "developer tools",
      "data pipelines",
    ],
    suffixes: ["Labs", "Systems", "Cloud", "Software", "AI"],
    titles: ["Staff Software Engineer", "VP Engineering", "Product Manager", "Head of Growth", "CTO"],
    funded: 0.8,
  },
  {
    weight: 4,
    name: "Financial Services",
    specialties: ["payments", "risk", "lending", "treasury", "fraud prevention", "open banking"],
    suffixes: ["Capital", "Financial", "Pay", "Partners"],
    titles: ["Risk Analyst", "Head of Compliance", "Payments Lead", "CFO", "Controller"],
    funded: 0.5,
  },
  {
    weight: 3,
    name: "Hospitals and Health Care",
    specialties: ["telemedicine", "diagnostics", "patient records", "clinical trials"],
    suffixes: ["Health", "Care", "Medical"],
    titles: ["Clinical Operations Manager", "Director of Nursing", "Head of Data", "Practice Manager"],
    funded: 0.35,
  },
  {
    weight: 4,
    name: "Machinery Manufacturing",
    specialties: ["CNC", "spare parts", "predictive maintenance", "hydraulics", "automation"],
    suffixes: ["Industries", "Works", "Maschinenbau", "Manufacturing"],
    titles: ["Plant Manager", "Procurement Lead", "Head of Sales", "Maintenance Engineer"],
    funded: 0.05,
  },
  {
    weight: 4,
    name: "Retail",
    specialties: ["e-commerce", "omnichannel", "private label", "merchandising"],
    suffixes: ["Stores", "Goods", "Market", "Home"],
    titles: ["E-commerce Manager", "Category Buyer", "Store Operations Lead", "CRM Manager"],
    funded: 0.2,
  },
  {
    weight: 3,
    name: "Transportation, Logistics, Supply Chain and Storage",
    specialties: ["freight forwarding", "warehousing", "last mile", "customs", "cold chain"],
    suffixes: ["Logistics", "Freight", "Lines"],
    titles: ["Supply Chain Manager", "Fleet Manager", "Operations Director", "Dispatcher"],
    funded: 0.15,
  },
  {
    weight: 3,
    name: "Advertising Services",
    specialties: ["paid media", "SEO", "creative", "brand strategy", "marketing analytics"],
    suffixes: ["Media", "Studio", "Agency", "& Co."],
    titles: ["Account Director", "Performance Marketer", "Creative Lead", "Founder"],
    funded: 0.1,
  },
  {
    weight: 2,
    name: "Renewable Energy Semiconductor Manufacturing",
    specialties: ["photovoltaics", "storage", "grid services", "heat pumps"],
    suffixes: ["Energy", "Solar", "Power"],
    titles: ["Project Developer", "Head of Grid", "Sales Engineer", "Chief Operating Officer"],
    funded: 0.4,
  },
  {
    weight: 2,
    name: "Higher Education",
    specialties: ["research", "continuing education", "e-learning"],
    suffixes: ["University", "Institute", "Academy"],
    titles: ["Admissions Officer", "Professor", "Head of IT", "Research Fellow"],
    funded: 0,
  },
];
