/** The one module that pages with charts load. */
import { hydrateCharts } from "./charts.ts";

hydrateCharts(document);
