"""Says in the file's metadata that it follows PDF/UA as well.

WeasyPrint writes one standard: PDF/A-3a here. Its own option for more metadata adds a second RDF block, which
validators do not read; so this goes into the first. PDF/A wants every schema that it does not know itself
described inside the file: that is the second description below.
"""

from typing import Any

END = b"</rdf:RDF>"
PDF_UA = b"""
<rdf:Description rdf:about="" xmlns:pdfuaid="http://www.aiim.org/pdfua/ns/id/" pdfuaid:part="1"/>
<rdf:Description rdf:about="" xmlns:pdfaExtension="http://www.aiim.org/pdfa/ns/extension/"
    xmlns:pdfaSchema="http://www.aiim.org/pdfa/ns/schema#"
    xmlns:pdfaProperty="http://www.aiim.org/pdfa/ns/property#">
  <pdfaExtension:schemas><rdf:Bag><rdf:li rdf:parseType="Resource">
    <pdfaSchema:schema>PDF/UA identification schema</pdfaSchema:schema>
    <pdfaSchema:namespaceURI>http://www.aiim.org/pdfua/ns/id/</pdfaSchema:namespaceURI>
    <pdfaSchema:prefix>pdfuaid</pdfaSchema:prefix>
    <pdfaSchema:property><rdf:Seq><rdf:li rdf:parseType="Resource">
      <pdfaProperty:name>part</pdfaProperty:name>
      <pdfaProperty:valueType>Integer</pdfaProperty:valueType>
      <pdfaProperty:category>internal</pdfaProperty:category>
      <pdfaProperty:description>The part of ISO 14289 that this file follows</pdfaProperty:description>
    </rdf:li></rdf:Seq></pdfaSchema:property>
  </rdf:li></rdf:Bag></pdfaExtension:schemas>
</rdf:Description>
"""


def claim_pdf_ua(pdf: Any) -> None:
    """Add the PDF/UA-1 claim to the metadata of a finished but unwritten PDF."""
    number = int(pdf.catalog["Metadata"].split()[0])
    metadata = pdf.objects[number]
    before, end, after = b"".join(metadata.stream).partition(END)
    if not end:
        raise RuntimeError("the PDF's metadata holds no RDF block to add to")
    metadata.stream = [before + PDF_UA + end + after]
