"""Text models of vendors, through LangChain's packages."""
